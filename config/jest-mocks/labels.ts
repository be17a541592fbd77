// Import this before the component, and its labels have their English texts instead of their names.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const FILE = path.resolve(__dirname, '../../force-app/main/default/labels/CustomLabels.labels-meta.xml');

interface LabelFile {
  CustomLabels: { labels: Array<{ fullName: string; value: string }> };
}

const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false });
const { CustomLabels } = parser.parse(readFileSync(FILE, 'utf8')) as LabelFile;

for (const { fullName, value } of CustomLabels.labels) {
  jest.doMock(`@salesforce/label/c.${fullName}`, () => ({ __esModule: true, default: value }), { virtual: true });
}
