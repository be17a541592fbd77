import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

/** A home folder of its own for Salesforce's tools, gone when the file's tests have ended. */
export function temporaryHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'sf-home-'));
  after(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** What keeps Salesforce's tools in that folder, and quiet. */
export function toolEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    USERPROFILE: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_HIDE_RELEASE_NOTES: 'true',
  };
}
