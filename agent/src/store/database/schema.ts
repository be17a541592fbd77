/** Each is run once, in this order, and never changed afterwards. */
export const MIGRATIONS: ReadonlyArray<{ readonly name: string; readonly sql: string }> = [
  {
    name: '0001-durable',
    sql: `
      CREATE TABLE agent.facts (name text PRIMARY KEY, value text NOT NULL);

      -- What each org holds of a Bill, whichever integration sent it.
      CREATE TABLE agent.org_bills (
        org_id text NOT NULL,
        bill_id text NOT NULL,
        record_id text NOT NULL,
        source_version bigint NOT NULL,
        hash text,
        lines jsonb NOT NULL,
        -- False while a call is under way: its answer may be lost, and then the org must be asked.
        lines_known boolean NOT NULL,
        deleted boolean NOT NULL DEFAULT false,
        PRIMARY KEY (org_id, bill_id)
      );

      -- What an integration last decided about a Bill.
      CREATE TABLE agent.bill_states (
        org_id text NOT NULL,
        bill_id text NOT NULL,
        integration_id text NOT NULL,
        m3ter_account_id text,
        status text NOT NULL,
        change_token text NOT NULL,
        rules_hash text NOT NULL,
        is_matched boolean NOT NULL,
        code text,
        decided_at timestamptz NOT NULL,
        PRIMARY KEY (org_id, bill_id, integration_id)
      );
      CREATE INDEX bill_states_of_integration ON agent.bill_states (org_id, integration_id, status);
      CREATE INDEX bill_states_waiting ON agent.bill_states (org_id, integration_id)
        WHERE status = 'waiting' OR (status = 'sent' AND NOT is_matched);

      -- A parent Run.
      CREATE TABLE agent.batches (
        id bigint GENERATED ALWAYS AS IDENTITY,
        run_key text PRIMARY KEY,
        org_id text NOT NULL,
        integration_id text NOT NULL,
        trigger text NOT NULL,
        started_at timestamptz NOT NULL,
        replayed_from text,
        is_scanned boolean NOT NULL,
        -- While it is open, what the scan counted; then everything.
        counts jsonb NOT NULL DEFAULT '{}',
        closed_at timestamptz
      );
      CREATE INDEX batches_in_order ON agent.batches (id);
      CREATE INDEX batches_open ON agent.batches (id) WHERE closed_at IS NULL;
      CREATE TABLE agent.batch_bills (
        run_key text NOT NULL REFERENCES agent.batches ON DELETE CASCADE,
        bill_id text NOT NULL,
        job_id uuid NOT NULL,
        outcome text,
        code text,
        is_final boolean NOT NULL DEFAULT false,
        line_items integer NOT NULL DEFAULT 0,
        PRIMARY KEY (run_key, bill_id)
      );
      CREATE INDEX batch_bills_pending ON agent.batch_bills (run_key) WHERE NOT is_final;

      CREATE TABLE agent.written_events (
        org_id text NOT NULL,
        event_key text NOT NULL,
        digest text NOT NULL,
        written_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (org_id, event_key)
      );
      CREATE INDEX written_events_by_age ON agent.written_events (written_at);

      CREATE TABLE agent.error_streaks (
        org_id text NOT NULL,
        integration_id text NOT NULL,
        count integer NOT NULL,
        evidence jsonb NOT NULL,
        PRIMARY KEY (org_id, integration_id)
      );

      CREATE TABLE agent.credentials (
        name text PRIMARY KEY,
        kind text NOT NULL,
        destination text NOT NULL,
        public_data jsonb NOT NULL,
        -- Encrypted.
        secret bytea NOT NULL,
        created_at timestamptz NOT NULL,
        rotated_at timestamptz
      );

      CREATE TABLE agent.notifications (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL UNIQUE,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        error text,
        next_at timestamptz NOT NULL
      );
      CREATE INDEX notifications_due ON agent.notifications (next_at);`,
  },
  {
    name: '0002-digests',
    sql: `
      -- What the Bill said when it was sent, to tell later what has changed. The org is asked for those sent before.
      ALTER TABLE agent.org_bills ADD COLUMN digest jsonb;
      UPDATE agent.org_bills SET lines_known = false;`,
  },
  {
    name: '0003-workers',
    sql: `
      -- Running agents on this store, which share what m3ter takes.
      CREATE TABLE agent.workers (id text PRIMARY KEY, seen_at timestamptz NOT NULL);`,
  },
  {
    name: '0004-one-way-to-states',
    sql: `
      -- Without statistics, which PGlite has only after a night, it was taken for the way to a few Bills: each look read
      -- what is remembered of all.
      DROP INDEX agent.bill_states_of_integration;`,
  },
  {
    name: '0005-one-begins-a-run',
    sql: `
      -- Which process set out to write the parent Run, and when; and whether the org holds it.
      ALTER TABLE agent.batches ADD COLUMN run_claimed_by text, ADD COLUMN run_claimed_at timestamptz,
        ADD COLUMN run_begun boolean NOT NULL DEFAULT false;`,
  },
];
