/** The checks of references are red when they should be: tried on a copy of the package, broken on purpose. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readSource, ROOT, SOURCE_FOLDERS } from '../metadata/source.ts';
import { checkReferences } from './index.ts';

const copy = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-broken-'));
after(() => rmSync(copy, { recursive: true }));
for (const folder of SOURCE_FOLDERS) {
  const needed = (file: string) => !file.endsWith('__tests__') && !/\/lwc\/.*\.js$/.test(file);
  cpSync(path.join(ROOT, folder), path.join(copy, folder), { recursive: true, filter: needed });
}

const PACKAGE = 'force-app/main/default';
const LABELS = `${PACKAGE}/labels/CustomLabels.labels-meta.xml`;
const FINANCE = `${PACKAGE}/permissionsets/M3ter_Finance_User.permissionset-meta.xml`;
const AGENT = `${PACKAGE}/permissionsets/M3ter_Sync_Agent.permissionset-meta.xml`;
const APP = `${PACKAGE}/applications/m3ter_Bills.app-meta.xml`;
const GERMAN = `${PACKAGE}/translations/de.translation-meta.xml`;
const BILL = `${PACKAGE}/objects/Bill__c`;
const BILL_LINE = `${PACKAGE}/objects/Bill_Line_Item__c`;
const BILL_LAYOUT = `${PACKAGE}/layouts/Bill__c-Bill Layout.layout-meta.xml`;

type Break = readonly [what: string, file: string, edit: (text: string) => string, problem: RegExp];

const swap =
  (from: string, to: string) =>
  (text: string): string => {
    assert.ok(text.includes(from), `the package no longer holds ${from}: adapt this test`);
    return text.replace(from, to);
  };

/** A metadata file of its own; `body` is the content of its root element. */
const file = (root: string, body: string) => () =>
  `<?xml version="1.0" encoding="UTF-8" ?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${root}>\n`;

const WITHOUT_FIELD =
  /<fieldPermissions>\s*<editable>\w+<\/editable>\s*<field>Bill__c\.Due_Date__c[\s\S]*?<\/fieldPermissions>/;
const ADMIN = `${PACKAGE}/permissionsets/M3ter_Integration_Admin.permissionset-meta.xml`;

const BREAKS: readonly Break[] = [
  [
    'a label that a component uses is gone',
    LABELS,
    swap('<fullName>Bill_List_Title<', '<fullName>Bill_List_Tittle<'),
    /uses the label Bill_List_Title, which is not defined/,
  ],
  [
    'a label is no longer used',
    LABELS,
    swap('</CustomLabels>', '<labels><fullName>Old</fullName></labels></CustomLabels>'),
    /label Old is defined and not used/,
  ],
  [
    'a label is defined twice',
    LABELS,
    swap('</CustomLabels>', '<labels><fullName>Refresh</fullName></labels></CustomLabels>'),
    /label Refresh is defined twice/,
  ],
  [
    'a permission set grants a misspelt field',
    FINANCE,
    swap('Bill__c.Due_Date__c', 'Bill__c.Due_Dat__c'),
    /M3ter_Finance_User.*grants Bill__c\.Due_Dat__c, which does not exist/,
  ],
  [
    'a permission set grants a field of another object',
    FINANCE,
    swap('<field>Bill__c.Due_Date__c', '<field>Bill_Line_Item__c.Due_Date__c'),
    /M3ter_Finance_User.*Bill_Line_Item__c\.Due_Date__c, which does not exist/,
  ],
  [
    'a permission set grants a required field',
    FINANCE,
    swap('<field>Bill__c.Due_Date__c', '<field>Bill__c.Source_Version__c'),
    /Bill__c\.Source_Version__c, which comes with its object/,
  ],
  [
    'a permission set lets a calculated field be edited',
    AGENT,
    (text) =>
      text.replace(/<editable>false<\/editable>(\s*<field>Bill__c\.Is_Complete__c)/, '<editable>true</editable>$1'),
    /Is_Complete__c be edited: it is calculated/,
  ],
  [
    'a permission set grants an unknown object',
    FINANCE,
    swap('<object>Bill__c<', '<object>Bil__c<'),
    /grants Bil__c, which does not exist/,
  ],
  [
    'a permission set grants fields of an object that it does not let read',
    FINANCE,
    swap('<object>Bill__c<', '<object>Sync_Agent__c<'),
    /grants Bill__c\.Due_Date__c, and not to read Bill__c/,
  ],
  [
    'a permission set gives the right to delete without the right to edit',
    FINANCE,
    swap('<allowDelete>false', '<allowDelete>true'),
    /delete \w+ needs edit/,
  ],
  [
    'a permission set shows an unknown app',
    FINANCE,
    swap('<application>m3ter_Bills<', '<application>m3ter_Billing<'),
    /grants m3ter_Billing, which does not exist/,
  ],
  [
    'a new field is granted to nobody and used by nobody',
    `${BILL}/fields/Colour__c.field-meta.xml`,
    file('CustomField', '<fullName>Colour__c</fullName><label>Colour</label><type>Text</type>'),
    /no permission set grants Bill__c\.Colour__c/,
  ],
  [
    'a component uses a component that is not there',
    `${PACKAGE}/lwc/billDetails/billDetails.html`,
    swap('<template>', '<template><c-bill-detials></c-bill-detials>'),
    /names the component billDetials, which does not exist/,
  ],
  [
    'a component imports a module that is not there',
    `${PACKAGE}/lwc/billList/billRows.ts`,
    (text) => `import { nothing } from 'c/nothing';\n${text}`,
    /names the component nothing, which does not exist/,
  ],
  [
    'a component queries a misspelt field',
    `${PACKAGE}/lwc/billDetails/billQuery.ts`,
    swap('Due_Date__c', 'Due_Datum__c'),
    /billQuery\.ts names Due_Datum__c, which does not exist/,
  ],
  [
    'a component is used nowhere',
    `${PACKAGE}/lwc/orphan/orphan.js-meta.xml`,
    file('LightningComponentBundle', '<apiVersion>67.0</apiVersion><isExposed>false</isExposed>'),
    /no other component uses orphan/,
  ],
  [
    'a page shows a component that is not there',
    `${PACKAGE}/flexipages/Bill_Record_Page.flexipage-meta.xml`,
    swap('<componentName>billDetails<', '<componentName>billDetials<'),
    /Bill_Record_Page.*names the component billDetials/,
  ],
  [
    'a record page shows a component for another kind of page',
    `${PACKAGE}/flexipages/Bill_Record_Page.flexipage-meta.xml`,
    swap('<componentName>billDetails<', '<componentName>billList<'),
    /billList is not for lightning__RecordPage/,
  ],
  [
    'a page is about an object that is not there',
    `${PACKAGE}/flexipages/Bill_Record_Page.flexipage-meta.xml`,
    swap('<sobjectType>Bill__c<', '<sobjectType>Bil__c<'),
    /there is no object Bil__c/,
  ],
  [
    'a page is shown nowhere',
    `${PACKAGE}/flexipages/Lost.flexipage-meta.xml`,
    file('FlexiPage', '<masterLabel>Lost</masterLabel><type>AppPage</type>'),
    /Lost.*no tab, object or app shows this page/,
  ],
  [
    'a tab shows a page that is not there',
    `${PACKAGE}/tabs/M3ter_Bills.tab-meta.xml`,
    swap('<flexiPage>Bills_Home<', '<flexiPage>Bill_Home<'),
    /names the page Bill_Home, which does not exist/,
  ],
  [
    'an app holds a tab that is not there',
    APP,
    swap('<tabs>M3ter_Bills<', '<tabs>M3ter_Bill<'),
    /names the tab M3ter_Bill, which does not exist/,
  ],
  [
    'nobody can get to the list views of an object',
    `${PACKAGE}/permissionsets/M3ter_Integration_Admin.permissionset-meta.xml`,
    swap('<tab>Integration_Run__c</tab>', '<tab>Bill__c</tab>'),
    /the tab Integration_Run__c is in no app/,
  ],
  ['a tab is in no app', APP, swap('<tabs>M3ter_Events</tabs>', ''), /the tab M3ter_Events is in no app/],
  [
    'an object is opened with a page that is not there',
    `${BILL}/Bill__c.object-meta.xml`,
    swap('<content>Bill_Record_Page<', '<content>Bill_Page<'),
    /names the page Bill_Page, which does not exist/,
  ],
  [
    'an object wants a compact layout that is not there',
    `${BILL}/Bill__c.object-meta.xml`,
    (text) => text.replace(/<compactLayoutAssignment>\w+</, '<compactLayoutAssignment>Nowhere<'),
    /no compact layout Nowhere/,
  ],
  [
    'a list view shows a field of another object',
    `${BILL}/listViews/Odd.listView-meta.xml`,
    file('ListView', '<columns>Subtotal__c</columns><fullName>Odd</fullName><label>Odd</label>'),
    /Odd.*Bill__c has no field Subtotal__c/,
  ],
  [
    'a layout shows a field of another object',
    `${PACKAGE}/layouts/Bill__c-Odd.layout-meta.xml`,
    file(
      'Layout',
      '<layoutSections><layoutColumns><layoutItems><field>Subtotal__c</field></layoutItems></layoutColumns></layoutSections>',
    ),
    /Bill__c has no field Subtotal__c/,
  ],
  [
    'a related list shows a field of another object',
    `${PACKAGE}/layouts/Bill__c-Odd.layout-meta.xml`,
    file(
      'Layout',
      '<relatedLists><fields>Due_Date__c</fields><relatedList>Bill_Line_Item__c.Bill__c</relatedList></relatedLists>',
    ),
    /Bill_Line_Item__c has no field Due_Date__c/,
  ],
  [
    'a page layout leaves out a field',
    BILL_LAYOUT,
    swap('<field>Source_Version__c<', '<field>Payload_Hash__c<'),
    /Bill Layout.*leaves out Source_Version__c/,
  ],
  [
    'a page layout does not ask for a required field',
    BILL_LAYOUT,
    (text) => text.replace(/<behavior>Required(<\/behavior>\s*<field>M3ter_Bill_Id__c)/, '<behavior>Edit$1'),
    /must show M3ter_Bill_Id__c as Required/,
  ],
  [
    'a page layout lets a calculated field be edited',
    BILL_LAYOUT,
    (text) => text.replace(/<behavior>Readonly(<\/behavior>\s*<field>Is_Complete__c)/, '<behavior>Edit$1'),
    /must show Is_Complete__c as Readonly/,
  ],
  [
    'a compact layout shows a long text',
    `${BILL_LINE}/compactLayouts/Line_Item_Compact.compactLayout-meta.xml`,
    swap('<fields>Unit__c<', '<fields>Segment__c<'),
    /shows Segment__c, and compact layouts take no long texts/,
  ],
  [
    'a search shows a long text',
    `${BILL_LINE}/Bill_Line_Item__c.object-meta.xml`,
    swap('<searchResultsAdditionalFields>Description__c<', '<searchResultsAdditionalFields>Full_Description__c<'),
    /shows Full_Description__c in searches/,
  ],
  [
    'a field is tracked on an object without history',
    `${BILL}/Bill__c.object-meta.xml`,
    swap('<enableHistory>true', '<enableHistory>false'),
    /tracks \d+ fields and has <enableHistory> off/,
  ],
  [
    'a calculated field is tracked',
    `${BILL}/fields/Is_Complete__c.field-meta.xml`,
    swap('<type>', '<trackHistory>true</trackHistory><type>'),
    /Is_Complete__c.*that is calculated cannot be/,
  ],
  [
    'a list view is filtered by a value that is not there',
    `${BILL}/listViews/Pending.listView-meta.xml`,
    swap('<value>PENDING<', '<value>OPEN<'),
    /Status__c has no value OPEN/,
  ],
  [
    'the logic of a list view leaves a filter out',
    `${BILL}/listViews/Needs_Attention.listView-meta.xml`,
    swap('(1 OR 2 OR 3) AND 4', '(1 OR 2) AND 4'),
    /does not name each of 4 filters/,
  ],
  [
    'a report names a column that its type does not have',
    `${PACKAGE}/reports/m3ter_Bills/Billed_by_Month.report-meta.xml`,
    swap('<field>Bill__c$Account__c<', '<field>Bill__c.Account__c<'),
    /names the column Bill__c\.Account__c, which its report type does not have/,
  ],
  [
    'a report shows a column that it groups by',
    `${PACKAGE}/reports/m3ter_Bills/Billed_by_Month.report-meta.xml`,
    swap('<field>Bill__c$Account__c<', '<field>Bill__c$Bill_Date__c<'),
    /groups by Bill__c\$Bill_Date__c and shows it/,
  ],
  [
    'a report type takes a column from an object that it does not join',
    `${PACKAGE}/reportTypes/m3ter_Bills_with_Line_Items.reportType-meta.xml`,
    swap('<relationship>Line_Items__r<', '<relationship>Runs__r<'),
    /nothing joins the table Bill__c\.Line_Items__r/,
  ],
  [
    'a dashboard names a user of one org',
    `${PACKAGE}/dashboards/m3ter_Bills/Bills_and_Integrations.dashboard-meta.xml`,
    swap('<textColor>', '<runningUser>admin@example.com</runningUser><textColor>'),
    /names a user, whom no other org has/,
  ],
  [
    'a rule names a misspelt field',
    `${BILL}/validationRules/Stale_Version.validationRule-meta.xml`,
    swap('Source_Version__c', 'Source_Versoin__c'),
    /Stale_Version.*names Source_Versoin__c/,
  ],
  [
    'a dashboard shows a report that is not there',
    `${PACKAGE}/dashboards/Odd/Odd.dashboard-meta.xml`,
    file('Dashboard', '<leftSection><components><report>Odd/None</report></components></leftSection>'),
    /shows the report Odd\/None, which does not exist/,
  ],
  [
    'a report is in no folder of the package',
    `${PACKAGE}/reports/Odd/Odd.report-meta.xml`,
    file('Report', '<reportType>None__c</reportType>'),
    /is in Odd, which is no report folder/,
  ],
  [
    'a report is of a type that is not there',
    `${PACKAGE}/reports/Odd/Odd.report-meta.xml`,
    file('Report', '<reportType>None__c</reportType>'),
    /report type None__c, which does not exist/,
  ],
  [
    'a language leaves a label out',
    GERMAN,
    swap('<label>Aktualisieren</label>', '<label></label>'),
    /de does not translate label:Refresh/,
  ],
  [
    'a language leaves the name of a report out',
    GERMAN,
    swap('<label>Fehlschläge nach Ursache</label>', ''),
    /de does not translate report:m3ter_Bills\/Failures_by_Cause/,
  ],
  [
    'a language leaves the help of a field out',
    `${PACKAGE}/objectTranslations/Bill__c-fr/Bill__c-fr.objectTranslation-meta.xml`,
    (text) => text.replace(/<help>[^<]*<\/help>(\s*<label>Compte<)/, '$1'),
    /fr does not translate help:Bill__c\.Account__c/,
  ],
  [
    'a language leaves a value of a picklist out',
    `${PACKAGE}/objectTranslations/Bill__c-fr/Bill__c-fr.objectTranslation-meta.xml`,
    swap('<masterLabel>Pending<', '<masterLabel>Open<'),
    /fr does not translate value:Bill__c\.Status__c\/Pending/,
  ],
  [
    'a language translates what is not there',
    GERMAN,
    swap('<name>Refresh<', '<name>Refreshing<'),
    /de translates label:Refreshing, which does not exist/,
  ],
  [
    'a language loses a placeholder',
    GERMAN,
    swap('Höchster Wert: {0}', 'Höchster Wert'),
    /de leaves \{0\} out of label:Billing_Chart_Highest/,
  ],
  [
    'a language translates the code of a rule, by which the agent knows it',
    `${PACKAGE}/objectTranslations/Bill__c-de/Bill__c-de.objectTranslation-meta.xml`,
    swap('STALE_VERSION:', 'VERALTET:'),
    /de leaves STALE_VERSION: out of rule:Bill__c\.Stale_Version/,
  ],
  [
    'a translation is longer than Salesforce takes',
    `${PACKAGE}/objectTranslations/Bill__c-de/Bill__c-de.objectTranslation-meta.xml`,
    swap('<label>Fälligkeitsdatum<', '<label>Datum, an dem die Abrechnung zur Zahlung fällig wird<'),
    /de says field:Bill__c\.Due_Date__c in 52 characters; Salesforce takes 40/,
  ],
  [
    'a whole language is gone',
    GERMAN,
    () => '<Translations><customLabels><name>None</name></customLabels></Translations>',
    /de does not translate label:Refresh/,
  ],
  [
    'a kind of metadata is new to the checks',
    `${PACKAGE}/classes/Odd.cls-meta.xml`,
    file('ApexClass', '<apiVersion>67.0</apiVersion>'),
    /no check knows the kind cls/,
  ],
];

/** Breaks the copy, works with it and mends it. */
function broken<T>(name: string, edit: (text: string) => string, work: () => T): T {
  const target = path.join(copy, name);
  const before = existsSync(target) ? readFileSync(target, 'utf8') : undefined;
  const changed = edit(before ?? '');
  assert.notEqual(changed, before, 'the copy is not broken');
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, changed);
  try {
    return work();
  } finally {
    if (before === undefined) rmSync(target);
    else writeFileSync(target, before);
  }
}

describe('the checks of references', () => {
  it('find nothing in the copy before it is broken', () => assert.deepEqual(checkReferences(readSource(copy)), []));

  for (const [what, name, edit, problem] of BREAKS) {
    it(`are red when ${what}`, () => {
      const problems = broken(name, edit, () => checkReferences(readSource(copy)));
      assert.ok(
        problems.some((one) => problem.test(one)),
        `${String(problem)} is not in\n${problems.join('\n')}`,
      );
    });
  }

  it('are red when the last permission set gives up a field', () => {
    const edit = (text: string) => text.replace(WITHOUT_FIELD, '');
    const problems = broken(FINANCE, edit, () =>
      broken(ADMIN, edit, () => broken(AGENT, edit, () => checkReferences(readSource(copy)))),
    );
    assert.deepEqual(problems, ['no permission set grants Bill__c.Due_Date__c']);
  });

  it('end the command with an error that names what is wrong', () => {
    const command = [path.join(ROOT, 'scripts/check-references.ts'), copy];
    const run = () => spawnSync(process.execPath, command, { encoding: 'utf8' });
    assert.equal(run().status, 0);
    const red = broken(LABELS, swap('<fullName>Bill_List_Title<', '<fullName>Bill_List_Tittle<'), run);
    assert.equal(red.status, 1);
    assert.match(red.stdout, /uses the label Bill_List_Title, which is not defined/);
  });
});
