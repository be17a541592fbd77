import type { FieldPath } from '../formula/types.ts';
import { MetadataError } from '../metadata/element.ts';
import type { Chain, FormulaField, ObjectPlan } from './plan.ts';

/** Puts the formulas of each object in an order in which they can be computed. Throws MetadataError for a circle. */
export function orderFormulas(plans: Map<string, ObjectPlan>): void {
  const reads = readsByField(plans);
  const rank = new Map<string, number>();
  const visit = (key: string, trail: string[]): void => {
    if (rank.has(key)) return;
    if (trail.includes(key)) {
      throw new MetadataError(key, `the field depends on itself: ${[...trail, key].join(' -> ')}`);
    }
    for (const read of reads.get(key) ?? []) visit(read, [...trail, key]);
    rank.set(key, rank.size);
  };
  for (const key of reads.keys()) visit(key, []);
  for (const { object, formulas } of plans.values()) {
    const place = ({ field }: FormulaField): number => rank.get(`${object.name}.${field.name}`)!;
    formulas.sort((a, b) => place(a) - place(b));
  }
}

/** For every computed field, as `Object.Field`: the fields that it reads. */
function readsByField(plans: Map<string, ObjectPlan>): Map<string, string[]> {
  const reads = new Map<string, string[]>();
  for (const { object, formulas, summaries } of plans.values()) {
    for (const { field, formula } of formulas) {
      reads.set(`${object.name}.${field.name}`, formula.fields.map(endOf));
    }
    for (const { name, summary } of summaries) {
      const fields = [...summary!.filters.map((filter) => filter.field), ...(summary!.field ? [summary!.field] : [])];
      reads.set(
        `${object.name}.${name}`,
        fields.map((field) => `${summary!.childObject}.${field}`),
      );
    }
  }
  return reads;
}

function endOf(path: FieldPath): string {
  return `${path.objects.at(-1)}.${path.field.name}`;
}

/** Tells every object whose roll-ups and formulas have to follow when its records change. */
export function addDependencies(plans: Map<string, ObjectPlan>): void {
  for (const plan of plans.values()) {
    for (const { formula } of plan.formulas) formula.fields.forEach((path) => watchPath(plans, path));
    addFeeds(plans, plan);
    plan.rulesOnSummaries = plan.rules.some(({ formula }) =>
      formula.fields.some((path) => path.references.length === 0 && readsSummary(plan, path.field.name)),
    );
  }
  for (const plan of plans.values()) {
    plan.feedsRules = leadsToRules(plans, plan);
  }
}

/** Whether a change of this object's records reaches, roll-up by roll-up, an object with rules on its roll-ups. */
function leadsToRules(plans: Map<string, ObjectPlan>, plan: ObjectPlan): boolean {
  return plan.feeds.some(({ parent }) => {
    const above = plans.get(parent)!;
    return above.rulesOnSummaries || leadsToRules(plans, above);
  });
}

function watchPath(plans: Map<string, ObjectPlan>, path: FieldPath): void {
  const names = [...path.references.map((field) => field.name), path.field.name];
  for (let depth = 1; depth < names.length; depth++) {
    const chain: Chain = [];
    for (let step = depth - 1; step >= 0; step--) {
      chain.push({ object: path.objects[step]!, foreignKey: path.references[step]!.name });
    }
    const { watches } = plans.get(path.objects[depth]!)!;
    watches.set(names[depth]!, [...(watches.get(names[depth]!) ?? []), chain]);
  }
}

function addFeeds(plans: Map<string, ObjectPlan>, parent: ObjectPlan): void {
  for (const { summary } of parent.summaries) {
    const { feeds } = plans.get(summary!.childObject)!;
    let feed = feeds.find((known) => known.parent === parent.object.name && known.foreignKey === summary!.foreignKey);
    if (!feed) {
      feed = { parent: parent.object.name, foreignKey: summary!.foreignKey, fields: new Set() };
      feeds.push(feed);
    }
    if (summary!.field !== undefined) feed.fields.add(summary!.field);
    for (const filter of summary!.filters) feed.fields.add(filter.field);
  }
}

/** Whether a field is a roll-up or, through formulas of the same record, follows from one. */
function readsSummary(plan: ObjectPlan, name: string): boolean {
  if (plan.summaries.some((field) => field.name === name)) return true;
  const formula = plan.formulas.find(({ field }) => field.name === name)?.formula;
  return formula?.fields.some((path) => path.references.length === 0 && readsSummary(plan, path.field.name)) ?? false;
}
