import { parseDecimal } from 'c/decimal';
import { formatAmount, formatNumber } from 'c/money';

/** A pricing band of a Line Item, as texts to show. */
export interface BandRow {
  key: string;
  /** The lower limit. */
  from: string;
  units: string;
  unitPrice: string;
  fixedPrice: string;
  amount: string;
}

/**
 * Reads the pricing bands that m3ter gave a Line Item (BillLineItemPricingBandUsage); undefined for what is no list of
 * them.
 *
 * @param json numbers in it may be more exact than JavaScript's, so each is read by its own text
 */
export function readBands(json: string | null, currency: string): BandRow[] | undefined {
  if (!json) return [];
  const bands = exactList(json);
  return bands?.map((band, index) => {
    const number = (name: string) => parseDecimal(band[name]);
    return {
      key: String(index),
      from: formatNumber(number('lowerLimit')),
      units: formatNumber(number('bandUnits') ?? number('bandQuantity')),
      unitPrice: formatNumber(number('unitPrice')),
      fixedPrice: formatNumber(number('fixedPrice')),
      amount: formatAmount(number('bandSubtotal'), currency),
    };
  });
}

/** A segment's values, such as `region: EU, tier: gold`; the text itself when it is no object. */
export function segmentText(json: string | null): string {
  if (!json) return '';
  try {
    const segment: unknown = JSON.parse(json);
    if (typeof segment !== 'object' || segment === null) return json;
    return Object.entries(segment)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(', ');
  } catch {
    return json;
  }
}

/** The objects of a JSON list, with their numbers as the texts that stand there. */
function exactList(json: string): Array<Record<string, unknown>> | undefined {
  // A number stands behind a colon and is not within a text: there, a quote would be open.
  const texts = json.replace(/("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g, (all, text?: string) => {
    return text ?? `"${all}"`;
  });
  try {
    const list: unknown = JSON.parse(texts);
    const isList = Array.isArray(list) && list.every((one) => typeof one === 'object' && one !== null);
    return isList ? (list as Array<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
