import { parseDecimal } from 'c/decimal';
import { HEIGHT, WIDTH, bars } from '../bars';

const amounts = (...values: number[]) => values.map((value) => parseDecimal(value)!);

describe('the bars of a chart', () => {
  it('stand on the baseline, as high as their share of the highest', () => {
    const { bars: drawn, baseline } = bars(amounts(50, 100, 0));
    expect(baseline).toBe(HEIGHT);
    expect(drawn.map(({ height }) => height)).toEqual([HEIGHT / 2, HEIGHT, 0]);
    expect(drawn.map(({ y }) => y)).toEqual([HEIGHT / 2, 0, HEIGHT]);
  });

  it('hang below the baseline for credits', () => {
    const { bars: drawn, baseline } = bars(amounts(75, -25));
    expect(baseline).toBe(60);
    expect(drawn[1]).toMatchObject({ y: 60, height: 20 });
  });

  it('never vanish when there was a Bill', () => {
    const { bars: drawn } = bars(amounts(0.01, 1_000_000));
    expect(drawn[0]!.height).toBe(1);
  });

  it('share the width and stay apart', () => {
    const { bars: drawn } = bars(amounts(1, 2, 3));
    expect(drawn[0]!.x + drawn[0]!.width).toBeLessThan(drawn[1]!.x);
    expect(drawn[2]!.x + drawn[2]!.width).toBeLessThan(WIDTH);
  });

  it('draw nothing of nothing, above a baseline at the foot', () => {
    expect(bars(amounts(0, 0)).baseline).toBe(HEIGHT);
    expect(bars(amounts(0, 0)).bars.map(({ height }) => height)).toEqual([0, 0]);
    expect(bars([]).bars).toEqual([]);
  });
});
