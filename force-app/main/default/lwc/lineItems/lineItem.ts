import { choiceLabel } from 'c/connection';
import type { Choice, Field } from 'c/connection';
import { parseDecimal } from 'c/decimal';
import type { Decimal } from 'c/decimal';

/** A Line Item as the query of a Bill's lines gives it. */
export interface LineItemNode {
  Id: string;
  position: Field<number>;
  type: Choice;
  description: Field<string>;
  product: Field<string>;
  quantity: Field<number>;
  unit: Field<string>;
  unitPrice: Field<number>;
  subtotal: Field<number>;
  convertedSubtotal: Field<number>;
  pricingCurrency: Field<string>;
}

/** A Line Item; texts are empty and numbers undefined where m3ter gave none. */
export interface LineItem {
  id: string;
  position: number;
  /** The type as a person reads it. */
  type: string;
  /** The type as m3ter names it, such as `USAGE`. */
  typeCode: string;
  description: string;
  product: string;
  quantity: Decimal | undefined;
  unit: string;
  /** In `pricingCurrency`. */
  unitPrice: Decimal | undefined;
  pricingCurrency: string;
  /** In the currency of the Bill; undefined when only another currency's amount is known. */
  amount: Decimal | undefined;
}

/** Reads a Line Item of a Bill in `billCurrency`. */
export function toLineItem(node: LineItemNode, billCurrency: string): LineItem {
  const pricingCurrency = node.pricingCurrency.value ?? billCurrency;
  const sameCurrency = pricingCurrency === billCurrency || billCurrency === '';
  const subtotal = sameCurrency ? parseDecimal(node.subtotal.value) : undefined;
  return {
    id: node.Id,
    position: node.position.value ?? 0,
    type: choiceLabel(node.type),
    typeCode: node.type.value ?? '',
    description: node.description.value ?? '',
    product: node.product.value ?? '',
    quantity: parseDecimal(node.quantity.value),
    unit: node.unit.value ?? '',
    unitPrice: parseDecimal(node.unitPrice.value),
    pricingCurrency,
    amount: parseDecimal(node.convertedSubtotal.value) ?? subtotal,
  };
}
