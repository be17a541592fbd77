import AMOUNT from '@salesforce/label/c.Line_Items_Sort_Amount';
import AS_SENT from '@salesforce/label/c.Line_Items_Sort_As_Sent';
import ASCENDING from '@salesforce/label/c.Sorted_Ascending';
import DESCENDING from '@salesforce/label/c.Sorted_Descending';
import SORT_BY from '@salesforce/label/c.Line_Items_Sort_By';
import COLUMN_POSITION from '@salesforce/label/c.Line_Item_Column_Position';
import COLUMN_DESCRIPTION from '@salesforce/label/c.Line_Item_Column_Description';
import COLUMN_PRODUCT from '@salesforce/label/c.Line_Item_Column_Product';
import COLUMN_TYPE from '@salesforce/label/c.Line_Item_Column_Type';
import COLUMN_QUANTITY from '@salesforce/label/c.Line_Item_Column_Quantity';
import COLUMN_UNIT from '@salesforce/label/c.Line_Item_Unit';
import COLUMN_UNIT_PRICE from '@salesforce/label/c.Line_Item_Column_Unit_Price';
import COLUMN_PRICING_CURRENCY from '@salesforce/label/c.Line_Item_Currency';
import COLUMN_AMOUNT from '@salesforce/label/c.Line_Item_Column_Amount';
import EXPORT from '@salesforce/label/c.Export_CSV';
import TITLE from '@salesforce/label/c.Line_Items_Title';
import SEARCH from '@salesforce/label/c.Line_Items_Search';
import GROUP_BY from '@salesforce/label/c.Line_Items_Group_By';
import GROUP_NONE from '@salesforce/label/c.Line_Items_Group_None';
import GROUP_PRODUCT from '@salesforce/label/c.Line_Items_Group_Product';
import GROUP_TYPE from '@salesforce/label/c.Line_Items_Group_Type';
import LOADING from '@salesforce/label/c.Line_Items_Loading';
import LOADED from '@salesforce/label/c.Line_Items_Loaded';
import TOTAL from '@salesforce/label/c.Line_Items_Total';
import FOUND_TOTAL from '@salesforce/label/c.Line_Items_Found_Total';
import EMPTY_TITLE from '@salesforce/label/c.Line_Items_Empty_Title';
import EMPTY_TEXT from '@salesforce/label/c.Line_Items_Empty_Text';
import FILTERED_TITLE from '@salesforce/label/c.Line_Items_Filtered_Title';
import FILTERED_TEXT from '@salesforce/label/c.Line_Items_Filtered_Text';
import CLEAR from '@salesforce/label/c.Clear_Filters';
import ERROR from '@salesforce/label/c.Line_Items_Error';
import REFRESH from '@salesforce/label/c.Refresh';

export const LABELS = {
  columns: {
    position: COLUMN_POSITION,
    description: COLUMN_DESCRIPTION,
    product: COLUMN_PRODUCT,
    type: COLUMN_TYPE,
    quantity: COLUMN_QUANTITY,
    unit: COLUMN_UNIT,
    unitPrice: COLUMN_UNIT_PRICE,
    pricingCurrency: COLUMN_PRICING_CURRENCY,
    amount: COLUMN_AMOUNT,
  },
  amountPlain: AMOUNT,
  asSent: AS_SENT,
  ascending: ASCENDING,
  descending: DESCENDING,
  sortBy: SORT_BY,
  exportCsv: EXPORT,
  title: TITLE,
  search: SEARCH,
  groupBy: GROUP_BY,
  groupNone: GROUP_NONE,
  groupProduct: GROUP_PRODUCT,
  groupType: GROUP_TYPE,
  loading: LOADING,
  loaded: LOADED,
  total: TOTAL,
  foundTotal: FOUND_TOTAL,
  emptyTitle: EMPTY_TITLE,
  emptyText: EMPTY_TEXT,
  filteredTitle: FILTERED_TITLE,
  filteredText: FILTERED_TEXT,
  clear: CLEAR,
  error: ERROR,
  refresh: REFRESH,
};
