/**
 * Salesforce Code Analyzer's engines in this process, on what goes to an org: rules of Lightning Web Components and of
 * the SLDS linter (ESLint engine), patterns in metadata and code (regex engine), known vulnerable libraries (Retire.js).
 * The engines that need Java (PMD, Graph Engine) look at Apex, and the package has none.
 *
 * Source: Salesforce Code Analyzer documentation, "Engine Reference" and "Rules and Severities".
 */
import path from 'node:path';
import {
  CodeAnalyzer,
  CodeAnalyzerConfig,
  EventType,
  LogLevel,
  SeverityLevel,
  type LogEvent,
} from '@salesforce/code-analyzer-core';
import { createEnginePlugin as eslint } from '@salesforce/code-analyzer-eslint-engine';
import { createEnginePlugin as regex } from '@salesforce/code-analyzer-regex-engine';
import { createEnginePlugin as retireJs } from '@salesforce/code-analyzer-retirejs-engine';

const ENGINES = [eslint, regex, retireJs];
/** What Salesforce recommends for every package, everything about security, and all ways to run text as code. */
const SELECTORS = [
  'Recommended',
  'Security',
  'SLDS',
  'eslint:no-eval',
  'eslint:no-implied-eval',
  'eslint:no-new-func',
  'eslint:no-script-url',
];
/** 1 Critical, 2 High and 3 Moderate fail; 4 Low and 5 Info are told. */
export const FAILS_UP_TO: number = SeverityLevel.Moderate;

export interface Finding {
  /** 1 Critical to 5 Info. */
  readonly severity: number;
  /** Engine and rule, such as `eslint:@lwc/lwc/no-inner-html`. */
  readonly rule: string;
  /** Path below the analyzed folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Waiver {
  readonly rule: string;
  /** The component bundles whose code may do it. */
  readonly bundles: readonly string[];
  readonly reason: string;
}

/** What the rules find and the package does on purpose. */
export const WAIVERS: readonly Waiver[] = [
  {
    rule: 'eslint:@lwc/lwc/no-async-operation',
    bundles: ['billLineItems', 'billList', 'polling'],
    reason: 'They wait: for a pause in typing, and for what changes without an event.',
  },
];

/**
 * All findings in the source folders of a staged project (see `stageProject`), the gravest first.
 * @param folder the staged project
 * @throws when an engine cannot run, with its reason
 */
export async function analyze(folder: string): Promise<Finding[]> {
  const config = CodeAnalyzerConfig.fromObject({ config_root: folder, log_folder: folder });
  const analyzer = new CodeAnalyzer(config);
  const errors: string[] = [];
  analyzer.onEvent<LogEvent>(EventType.LogEvent, ({ logLevel, message }) => {
    if (logLevel === LogLevel.Error) errors.push(message);
  });
  for (const create of ENGINES) await analyzer.addEnginePlugin(create());
  const workspace = await analyzer.createWorkspace([path.join(folder, 'force-app')]);
  const rules = await analyzer.selectRules(SELECTORS, { workspace });
  const results = await analyzer.run(rules, { workspace });
  if (errors.length > 0) throw new Error(`The analysis is not complete:\n${errors.join('\n')}`);
  const findings = results.getViolations().map((violation) => {
    const [rule, at] = [violation.getRule(), violation.getPrimaryLocation()];
    return {
      severity: Number(rule.getSeverityLevel()),
      rule: `${rule.getEngineName()}:${rule.getName()}`,
      file: path
        .relative(folder, at.getFile() ?? '')
        .split(path.sep)
        .join('/'),
      line: at.getStartLine() ?? 0,
      message: violation.getMessage(),
    };
  });
  return findings.toSorted((a, b) => a.severity - b.severity || a.file.localeCompare(b.file) || a.line - b.line);
}

/** Findings that no waiver covers, and waivers that cover nothing. */
export function withoutWaived(findings: readonly Finding[]): { findings: Finding[]; unused: string[] } {
  const used = new Set<string>();
  const left = findings.filter(({ rule, file }) => {
    const bundle = path.posix.basename(path.posix.dirname(file));
    const isWaived = WAIVERS.some((waiver) => waiver.rule === rule && waiver.bundles.includes(bundle));
    if (isWaived) used.add(`${rule} ${bundle}`);
    return !isWaived;
  });
  const all = WAIVERS.flatMap(({ rule, bundles }) => bundles.map((bundle) => `${rule} ${bundle}`));
  return { findings: left, unused: all.filter((waiver) => !used.has(waiver)) };
}
