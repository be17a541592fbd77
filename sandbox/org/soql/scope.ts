import type { SQLInputValue } from 'node:sqlite';
import type { FieldModel, ObjectModel, Org, OrgUser } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { QueryCalendar } from './dateLiterals.ts';
import { QueryError } from './queryError.ts';
import { quote } from '../store/database.ts';
import { withDeleted } from '../store/recycleBin.ts';

/** A field that a query reached, as SQL. */
export interface Column {
  sql: string;
  field: FieldModel;
  object: ObjectModel;
  /** The relationships walked to it, by their real names. */
  path: string[];
}

/** Salesforce follows at most this many parents; SOQL and SOSL Reference, "Understanding Relationship Query Limitations". */
const DEEPEST_PATH = 5;

interface Join {
  alias: string;
  object: ObjectModel;
  path: string[];
}

/** What all parts of one SQL statement share: its bound values and its table aliases. */
export class Statement {
  readonly org: Org;
  readonly user: OrgUser;
  readonly values: SQLInputValue[] = [];
  private readonly all: boolean;
  private aliases = 0;
  private days: QueryCalendar | undefined;

  /** @param all also deleted records */
  constructor(org: Org, user: OrgUser, all = false) {
    this.org = org;
    this.user = user;
    this.all = all;
  }

  /** The table or view that has the object's records, as SQL. */
  table(object: ObjectModel): string {
    return quote(this.all ? withDeleted(object.name) : object.name);
  }

  /** Binds a value and returns its place in the SQL. */
  bind(value: SQLInputValue): string {
    this.values.push(value);
    return `?${this.values.length}`;
  }

  /** What date literals mean to the user now. */
  get calendar(): QueryCalendar {
    this.days ??= new QueryCalendar(this.user, this.org.now());
    return this.days;
  }

  nextAlias(): string {
    this.aliases += 1;
    return `t${this.aliases}`;
  }
}

/** One FROM of a query: its object, the parents joined to it, and what the user may see of them. */
export class Scope {
  readonly statement: Statement;
  readonly object: ObjectModel;
  readonly alias: string;
  private readonly names: string[];
  private readonly joins = new Map<string, Join>();
  private readonly joinSql: string[] = [];

  /** @throws {OrgError} INVALID_TYPE when the object is unknown or the user may not read it. */
  constructor(statement: Statement, objectName: string, alias?: string) {
    this.statement = statement;
    this.object = readableObject(statement, objectName);
    this.alias = statement.nextAlias();
    this.names = [alias, objectName].filter((name) => name !== undefined).map((name) => name.toLowerCase());
  }

  /** The FROM clause; ask for it last, when every path has been resolved. */
  from(): string {
    return [`FROM ${this.statement.table(this.object)} ${this.alias}`, ...this.joinSql].join(' ');
  }

  /**
   * Resolves a path such as `Account__r.Owner.Name`, with or without the object's alias in front.
   *
   * @throws {OrgError} INVALID_FIELD when a part does not exist or the user may not read it.
   */
  column(path: string): Column {
    const parts = path.split('.');
    if (parts.length > 1 && this.names.includes((parts[0] as string).toLowerCase())) parts.shift();
    const name = parts.pop() as string;
    if (parts.length > DEEPEST_PATH) throw tooDeep(path);
    const place = this.place(parts);
    const field = this.readableField(place.object, name, path);
    return { sql: `${place.alias}.${quote(field.name)}`, field, object: place.object, path: place.path };
  }

  /** The record id at the end of a path of relationships, as SQL; for the record itself an empty path. */
  idOf(path: string[]): string {
    return `${this.place(path).alias}."Id"`;
  }

  /** The table at the end of a path of relationships, without the object alias. */
  place(relationships: string[]): Join {
    let place: Join = { alias: this.alias, object: this.object, path: [] };
    for (const relationship of relationships) place = this.join(place, relationship);
    return place;
  }

  private join(from: Join, relationship: string): Join {
    const key = [...from.path, relationship].join('.').toLowerCase();
    const known = this.joins.get(key);
    if (known) return known;
    const field = this.lookup(from.object, relationship);
    const object = readableParent(this.statement, field, relationship);
    const place: Join = {
      alias: this.statement.nextAlias(),
      object,
      path: [...from.path, field.reference.relationshipName],
    };
    this.joinSql.push(
      `LEFT JOIN ${this.statement.table(object)} ${place.alias} ON ${place.alias}."Id" = ${from.alias}.${quote(field.name)}`,
    );
    this.joins.set(key, place);
    return place;
  }

  private lookup(object: ObjectModel, relationship: string): FieldModel & { reference: object } {
    const wanted = relationship.toLowerCase();
    for (const field of object.fields.values()) {
      if (field.reference?.relationshipName.toLowerCase() !== wanted) continue;
      if (this.mayRead(object, field)) return field as FieldModel & { reference: NonNullable<FieldModel['reference']> };
    }
    throw unknownRelationship(relationship, 'field path');
  }

  private readableField(object: ObjectModel, name: string, path: string): FieldModel {
    const field = object.fields.get(name.toLowerCase());
    if (field && this.mayRead(object, field)) return field;
    throw new QueryError(
      'INVALID_FIELD',
      `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to ` +
        "append the '__c' after the custom field name. Please reference your WSDL or the describe call for the " +
        'appropriate names.',
      path,
    );
  }

  private mayRead(object: ObjectModel, field: FieldModel): boolean {
    const { org, user } = this.statement;
    return org.access.field(user, object.name, field.name).readable;
  }
}

/** The error for a path over more parents than Salesforce follows; its wording there is not documented. */
function tooDeep(path: string): OrgError {
  const message = `'${path}' follows more than ${DEEPEST_PATH} relationships. Query a nearer object.`;
  return new QueryError('MALFORMED_QUERY', message, path);
}

/** The error for a parent or child relationship that does not exist or that the user may not see. */
export function unknownRelationship(relationship: string, where: string): OrgError {
  return new QueryError(
    'INVALID_FIELD',
    `Didn't understand relationship '${relationship}' in ${where}. If you are attempting to use a custom ` +
      "relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or " +
      'the describe call for the appropriate names.',
    relationship,
  );
}

/** The error for an object that does not exist or that the user may not read. */
export function unknownObject(name: string): OrgError {
  return new QueryError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the ` +
      "'__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
    name,
  );
}

function readableObject(statement: Statement, name: string): ObjectModel {
  const { org, user } = statement;
  const object = org.model.objects.get(name.toLowerCase());
  if (!object || !org.access.object(user, object.name).read) throw unknownObject(name);
  return object;
}

function readableParent(statement: Statement, field: FieldModel, relationship: string): ObjectModel {
  const { org, user } = statement;
  const targets = (field.reference?.to ?? [])
    .map((name) => org.model.objects.get(name.toLowerCase()))
    .filter((object) => object !== undefined);
  const target = targets[0];
  if (targets.length > 1) {
    throw new OrgError(
      'INVALID_FIELD',
      `The local org does not follow '${relationship}', which points to several objects. Query those objects themselves.`,
    );
  }
  if (!target || !org.access.object(user, target.name).read) throw unknownRelationship(relationship, 'field path');
  return target;
}
