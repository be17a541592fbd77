import SHOW from '@salesforce/label/c.Line_Item_Show';
import TITLE from '@salesforce/label/c.Line_Item_Title';
import LINE_ITEMS from '@salesforce/label/c.Line_Items_Title';
import POSITION from '@salesforce/label/c.Line_Item_Column_Position';
import DESCRIPTION from '@salesforce/label/c.Line_Item_Column_Description';
import PRODUCT from '@salesforce/label/c.Line_Item_Column_Product';
import TYPE from '@salesforce/label/c.Line_Item_Column_Type';
import QUANTITY from '@salesforce/label/c.Line_Item_Column_Quantity';
import UNIT_PRICE from '@salesforce/label/c.Line_Item_Column_Unit_Price';
import AMOUNT from '@salesforce/label/c.Line_Item_Column_Amount';

export const LABELS = {
  show: SHOW,
  title: TITLE,
  lineItems: LINE_ITEMS,
  position: POSITION,
  description: DESCRIPTION,
  product: PRODUCT,
  type: TYPE,
  quantity: QUANTITY,
  unitPrice: UNIT_PRICE,
  amount: AMOUNT,
};
