import { SECRETS, SECTIONS, SETTINGS, type Section } from './settings.ts';

const WIDTH = 118;
const INDENT = 36;

interface HelpRow {
  readonly section: Section;
  readonly variable: string;
  readonly takes: string;
  readonly default?: string | number;
}

const rows = (section: Section): { row: HelpRow; mark: string }[] =>
  [
    ...(Object.values(SETTINGS) as HelpRow[]).map((row) => ({ row, mark: ' *' })),
    ...(Object.values(SECRETS) as HelpRow[]).map((row) => ({ row, mark: '' })),
  ].filter(({ row }) => row.section === section);

/** The text of `m3ter-bills help configuration`, made of the tables that the settings are read by. */
export function settingsHelp(): string {
  const parts = SECTIONS.map((section) =>
    [section, ...rows(section).map(({ row, mark }) => settingLines(row, mark))].join('\n'),
  );
  return [
    'Settings come from the environment; those marked * also from a file (--config FILE, JSON, names in camelCase, such\n' +
      'as "m3terOrgId"). The environment wins.',
    ...parts,
    'The others are secrets. Each, and STORE_URL, can be read from a file: set the name with _FILE at the end, such as\n' +
      'M3TER_API_SECRET_FILE. A file with a secret must be readable by its owner alone (chmod 600).\n' +
      'Credentials can be kept in the vault, encrypted, instead: m3ter-bills help credential',
  ].join('\n\n');
}

function settingLines({ variable, takes, default: value }: HelpRow, mark: string): string {
  const sentence = takes.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase());
  const words = `${sentence}${value === undefined ? '' : `. Default ${value}`}`;
  return `  ${`${variable}${mark}`.padEnd(INDENT - 2)}${wrapped(words).join(`\n${' '.repeat(INDENT)}`)}`;
}

function wrapped(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH - INDENT)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
