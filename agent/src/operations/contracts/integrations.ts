import Type from 'typebox';
import { CredentialTest, Integration } from '../shapes.ts';
import { closed, integration, option, org, text } from './parts.ts';

/** Integrations: what they are, and whether they may work. */
export const INTEGRATIONS = {
  integrations: {
    says: 'Every integration of every org',
    input: closed({ org }),
    output: Type.Object({
      integrations: Type.Array(Integration),
      /** Orgs that could not be asked. */
      unreachable: Type.Array(Type.Object({ credential: Type.String(), detail: Type.String() })),
    }),
  },
  integration: {
    says: 'One integration',
    input: closed({ integration, org }),
    output: Type.Object({ integration: Integration }),
  },
  enable: {
    says: 'Tests the connection, enables the integration, resets its error count, and sends what waited',
    input: closed({ integration, org }),
    output: Type.Object({ integration: Integration, test: CredentialTest }),
  },
  disable: {
    says: 'Disables the integration: the agent makes no calls for it',
    input: closed({ integration, org, reason: option(Type.String({ minLength: 1, maxLength: 255 })) }),
    output: Type.Object({ integration: Integration }),
  },
  connect: {
    says: 'Tests the credential, sets it for the integration, and pins the integration to the org',
    input: closed({ integration, org, credential: text }),
    output: Type.Object({ integration: Integration, test: CredentialTest }),
  },
  disconnect: {
    says: 'Takes the credential and the pinned org from the integration',
    input: closed({ integration, org }),
    output: Type.Object({ integration: Integration }),
  },
} as const;
