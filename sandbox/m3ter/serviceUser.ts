import { uuidOf } from '../data/random.ts';

/** The user that local m3ter notes as the author of changes made through the API. */
export const SERVICE_USER = uuidOf('service user');
