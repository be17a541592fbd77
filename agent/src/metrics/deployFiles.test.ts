import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { createMetrics } from './metrics.ts';

const DEPLOY = new URL('../../../docs/deploy/', import.meta.url);
const METRIC = /m3ter_bills_[a-z0-9_]+/g;
const SELECTOR = /(m3ter_bills_[a-z0-9_]+)\{([^}]*)\}/g;
const GROUPING = /by \(([^)]*)\) \([^m]*?(m3ter_bills_[a-z0-9_]+)/g;
/** Prometheus adds these itself. */
const TARGET_LABELS = ['job', 'instance'];

/** The labels of each series that the code registers. */
async function registered(): Promise<Map<string, Set<string>>> {
  const metrics = createMetrics();
  metrics.bill('sent');
  metrics.changeReachedSalesforce(1);
  metrics.apiCalls('m3ter');
  metrics.queueDepth({ queued: 0, dead: 0 });
  metrics.error('transient');
  metrics.succeeded(new Date());
  metrics.run('EVENT', 1);
  metrics.apiBudgetUsed('00D', 0.5);
  metrics.webhook('accepted');
  const series = new Map<string, Set<string>>();
  for (const line of (await metrics.text()).split('\n')) {
    const [, name, labels = ''] = /^(m3ter_bills_[a-z0-9_]+)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const known = series.get(name) ?? new Set<string>();
    for (const [, label] of labels.matchAll(/(\w+)="/g)) if (label) known.add(label);
    series.set(name, known);
  }
  return series;
}

for (const file of ['grafana-dashboard.json', 'prometheus-alerts.yml']) {
  describe(`docs/deploy/${file}`, () => {
    const text = readFileSync(new URL(file, DEPLOY), 'utf8').replaceAll('\\"', '"');
    let series: Map<string, Set<string>>;
    before(async () => {
      series = await registered();
    });

    it('names metrics that the agent has', () => {
      const named = new Set(text.match(METRIC));
      assert.ok(named.size > 5);
      assert.deepEqual(
        [...named].filter((name) => !series.has(name)),
        [],
      );
    });

    it('names labels that they have', () => {
      const wrong: string[] = [];
      const check = (name: string, labels: readonly string[]): void => {
        const known = [...(series.get(name) ?? []), ...TARGET_LABELS];
        wrong.push(...labels.filter((label) => !known.includes(label)).map((label) => `${name}{${label}}`));
      };
      for (const [, name = '', labels = ''] of text.matchAll(SELECTOR)) {
        check(
          name,
          [...labels.matchAll(/(\w+)=/g)].map(([, label = '']) => label),
        );
      }
      for (const [, labels = '', name = ''] of text.matchAll(GROUPING)) check(name, labels.split(/,\s*/));
      assert.deepEqual(wrong, []);
    });
  });
}

describe('the dashboard', () => {
  it('has panels that do not cover each other, each with an explanation', () => {
    const { panels } = JSON.parse(readFileSync(new URL('grafana-dashboard.json', DEPLOY), 'utf8')) as {
      panels: { id: number; title: string; description: string; gridPos: Record<'x' | 'y' | 'w' | 'h', number> }[];
    };
    const taken = new Set<string>();
    for (const { title, description, gridPos } of panels) {
      assert.ok(description, title);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          assert.ok(x < 24 && !taken.has(`${x} ${y}`), title);
          taken.add(`${x} ${y}`);
        }
      }
    }
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  });
});
