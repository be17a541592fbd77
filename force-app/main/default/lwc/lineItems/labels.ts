import CREDIT from '@salesforce/label/c.Line_Item_Credit';
import NO_PRODUCT from '@salesforce/label/c.Line_Item_No_Product';
import NO_TYPE from '@salesforce/label/c.Line_Item_No_Type';
import UNIT_PRICE_IN from '@salesforce/label/c.Line_Item_Unit_Price_In';
import QUANTITY_OF from '@salesforce/label/c.Line_Item_Quantity_Of';

export const LABELS = {
  credit: CREDIT,
  noProduct: NO_PRODUCT,
  noType: NO_TYPE,
  unitPriceIn: UNIT_PRICE_IN,
  quantityOf: QUANTITY_OF,
};
