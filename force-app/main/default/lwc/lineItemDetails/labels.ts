import ACCOUNTING_PRODUCT from '@salesforce/label/c.Line_Item_Accounting_Product';
import BAND_AMOUNT from '@salesforce/label/c.Line_Item_Band_Amount';
import BAND_FIXED from '@salesforce/label/c.Line_Item_Band_Fixed';
import BAND_FROM from '@salesforce/label/c.Line_Item_Band_From';
import BAND_PRICE from '@salesforce/label/c.Line_Item_Band_Price';
import BAND_UNITS from '@salesforce/label/c.Line_Item_Band_Units';
import BANDS from '@salesforce/label/c.Line_Item_Bands';
import CONVERSION from '@salesforce/label/c.Line_Item_Conversion';
import CONVERSION_TEXT from '@salesforce/label/c.Line_Item_Conversion_Text';
import FULL_DESCRIPTION from '@salesforce/label/c.Line_Item_Full_Description';
import GONE from '@salesforce/label/c.Line_Item_Gone';
import LOAD_ERROR from '@salesforce/label/c.Line_Item_Load_Error';
import LOADING from '@salesforce/label/c.Loading';
import MEANING from '@salesforce/label/c.Line_Item_Meaning';
import NO_BANDS from '@salesforce/label/c.Line_Item_No_Bands';
import PRODUCT from '@salesforce/label/c.Line_Item_Column_Product';
import SEGMENT from '@salesforce/label/c.Line_Item_Segment';
import SERVICE_PERIOD from '@salesforce/label/c.Line_Item_Service_Period';
import TYPE from '@salesforce/label/c.Line_Item_Column_Type';
import UNREADABLE_BANDS from '@salesforce/label/c.Line_Item_Unreadable_Bands';

export const LABELS = {
  accountingProduct: ACCOUNTING_PRODUCT,
  bandAmount: BAND_AMOUNT,
  bandFixed: BAND_FIXED,
  bandFrom: BAND_FROM,
  bandPrice: BAND_PRICE,
  bandUnits: BAND_UNITS,
  bands: BANDS,
  conversion: CONVERSION,
  conversionText: CONVERSION_TEXT,
  fullDescription: FULL_DESCRIPTION,
  gone: GONE,
  loadError: LOAD_ERROR,
  loading: LOADING,
  meaning: MEANING,
  noBands: NO_BANDS,
  product: PRODUCT,
  segment: SEGMENT,
  servicePeriod: SERVICE_PERIOD,
  type: TYPE,
  unreadableBands: UNREADABLE_BANDS,
};
