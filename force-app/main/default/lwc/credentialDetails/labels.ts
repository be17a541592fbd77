import TEST from '@salesforce/label/c.Credential_Test';
import USED_BY from '@salesforce/label/c.Credential_Used_By';
import UNUSED from '@salesforce/label/c.Credential_Unused';
import LOAD_ERROR from '@salesforce/label/c.Credential_Error';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import LOADING from '@salesforce/label/c.Loading';

export const LABELS = {
  test: TEST,
  usedBy: USED_BY,
  unused: UNUSED,
  loadError: LOAD_ERROR,
  noAccess: NO_ACCESS,
  loading: LOADING,
};
