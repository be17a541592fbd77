import BALANCE_CONSUMED from '@salesforce/label/c.Line_Item_Balance_Consumed';
import BALANCE_FEE from '@salesforce/label/c.Line_Item_Balance_Fee';
import COMMITMENT_CONSUMED from '@salesforce/label/c.Line_Item_Commitment_Consumed';
import COMMITMENT_FEE from '@salesforce/label/c.Line_Item_Commitment_Fee';
import COUNTER_ADJUSTMENT_CREDIT from '@salesforce/label/c.Line_Item_Counter_Adjustment_Credit';
import CREDIT from '@salesforce/label/c.Line_Item_Credit';
import CREDIT_DEDUCTION from '@salesforce/label/c.Line_Item_Credit_Deduction';
import CREDIT_MEMO from '@salesforce/label/c.Line_Item_Credit_Memo';
import CREDITS from '@salesforce/label/c.Line_Items_Credits';
import CREDITS_MEANING from '@salesforce/label/c.Line_Items_Credits_Meaning';
import MINIMUM_SPEND_REFUND from '@salesforce/label/c.Line_Item_Minimum_Spend_Refund';
import NO_DESCRIPTION from '@salesforce/label/c.Line_Item_No_Description';
import NO_PRODUCT from '@salesforce/label/c.Line_Item_No_Product';
import NO_TYPE from '@salesforce/label/c.Line_Item_No_Type';
import QUANTITY_OF from '@salesforce/label/c.Line_Item_Quantity_Of';
import UNIT_PRICE_IN from '@salesforce/label/c.Line_Item_Unit_Price_In';
import USAGE_CREDIT from '@salesforce/label/c.Line_Item_Usage_Credit';

export const LABELS = {
  balanceConsumed: BALANCE_CONSUMED,
  balanceFee: BALANCE_FEE,
  commitmentConsumed: COMMITMENT_CONSUMED,
  commitmentFee: COMMITMENT_FEE,
  counterAdjustmentCredit: COUNTER_ADJUSTMENT_CREDIT,
  credit: CREDIT,
  creditDeduction: CREDIT_DEDUCTION,
  creditMemo: CREDIT_MEMO,
  credits: CREDITS,
  creditsMeaning: CREDITS_MEANING,
  minimumSpendRefund: MINIMUM_SPEND_REFUND,
  noDescription: NO_DESCRIPTION,
  noProduct: NO_PRODUCT,
  noType: NO_TYPE,
  quantityOf: QUANTITY_OF,
  unitPriceIn: UNIT_PRICE_IN,
  usageCredit: USAGE_CREDIT,
};
