// The Salesforce platform's scoped modules that no npm package types.
declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}
declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}
declare module '@salesforce/customPermission/*' {
  const has: boolean | undefined;
  export default has;
}
declare module '@salesforce/userPermission/*' {
  const has: boolean | undefined;
  export default has;
}
declare module '@salesforce/schema/*' {
  const ref: import('lightning/uiRecordApi').FieldId;
  export default ref;
}
