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
