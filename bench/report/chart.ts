import type { Row } from './result.ts';
import { number } from './text.ts';

const WIDTH = 760;
const LEFT = 230;
const RIGHT = 150;
const BAR = 20;
const GAP = 8;
const TOP = 52;
const COLORS = { own: '#0b5cab', other: '#8a96a8', text: '#181818', weak: '#5c5c5c', ground: '#ffffff' };

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Bars of Bills a second, fastest first, as an SVG. The scale is logarithmic: the slowest is hundreds of times slower. */
export function chartOf(rows: readonly Row[], own: string, title: string): string {
  const sorted = rows.toSorted((a, b) => b.billsPerSecond - a.billsPerSecond);
  const rates = sorted.map(({ billsPerSecond }) => billsPerSecond);
  const least = Math.log(Math.min(...rates) / 1.5);
  const span = Math.log(Math.max(...rates)) - least || 1;
  const height = TOP + sorted.length * (BAR + GAP) + 30;
  const bars = sorted.map((row, index) => {
    const y = TOP + index * (BAR + GAP);
    const width = Math.max(2, ((Math.log(row.billsPerSecond) - least) / span) * (WIDTH - LEFT - RIGHT));
    const isOwn = row.peer === own;
    const weight = isOwn ? ' font-weight="700"' : '';
    return [
      `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end"${weight}>${escape(row.peer)}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3" fill="${isOwn ? COLORS.own : COLORS.other}"/>`,
      `<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 14}"${weight}>${number(row.billsPerSecond)} Bills/s, ${number(row.calls)} calls</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(title)}" font-family="system-ui, sans-serif" font-size="13" fill="${COLORS.text}">
<rect width="${WIDTH}" height="${height}" fill="${COLORS.ground}"/>
<text x="16" y="26" font-size="15" font-weight="700">${escape(title)}</text>
${bars.join('\n')}
<text x="16" y="${height - 12}" fill="${COLORS.weak}" font-size="11">Bills a second, logarithmic. Made by npm run bench -- --readme.</text>
</svg>
`;
}
