import { Injectable } from '@nestjs/common';
import { Database, type SqlExecutor, type Transaction } from '../../../platform/database/database.js';
import { type ImageUser, NAMED_USERS, type RuntimeImage, type RuntimeImageSort } from '../domain/runtime-image.js';

/** An image as readers get it. */
export interface RuntimeImageRow extends RuntimeImage {
  /** ISO 8601. */
  readonly createdAt: string;
  /** Instances that were made of it and are not purged. */
  readonly inUse: number;
}

export interface RuntimeImageQuery {
  readonly versions: readonly string[];
  /** A part of the name or of the reference. */
  readonly search: string | undefined;
  readonly sort: RuntimeImageSort;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

const IMAGE = `
  r.id, r.name, r.image_ref AS "imageRef", r.digest, r.description, r.postgres_version AS "postgresVersion",
  to_jsonb(r.created_at) #>> '{}' AS "createdAt"`;

const USERS = `instances i WHERE i.runtime_image_id = r.id AND i.state <> 'purged'`;

const SELECT_ROW = `SELECT ${IMAGE}, (SELECT count(*)::int FROM ${USERS}) AS "inUse" FROM runtime_images r`;

const SORT_COLUMNS: Readonly<Record<RuntimeImageSort, string>> = {
  name: 'r.name',
  created_at: 'r.created_at',
  // "9" would come after "18".
  postgres_version: 'r.postgres_version::int',
};

const MATCHES = `
  ($1::text[] = '{}' OR r.postgres_version = ANY($1)) AND
  ($2::text IS NULL OR r.name LIKE $2 OR r.image_ref ILIKE $2)`;

/** Rows of `runtime_images`. */
@Injectable()
export class RuntimeImageRepository {
  constructor(private readonly database: Database) {}

  /** @returns whether the name was free */
  async insert(transaction: Transaction, image: RuntimeImage): Promise<boolean> {
    const inserted = await transaction.query(
      `INSERT INTO runtime_images (id, name, image_ref, digest, description, postgres_version)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING RETURNING id`,
      [image.id, image.name, image.imageRef, image.digest, image.description, image.postgresVersion],
    );
    return inserted.length === 1;
  }

  async find(name: string, executor: SqlExecutor = this.database): Promise<RuntimeImageRow | undefined> {
    const [row] = await executor.query<RuntimeImageRow>(`${SELECT_ROW} WHERE r.name = $1`, [name]);
    return row;
  }

  /** Those of the names that there are, by their names. */
  async findAll(names: readonly string[]): Promise<ReadonlyMap<string, RuntimeImage>> {
    const rows = await this.database.query<RuntimeImage>(
      `SELECT ${IMAGE} FROM runtime_images r WHERE r.name = ANY($1)`,
      [names],
    );
    return new Map(rows.map((row) => [row.name, row]));
  }

  async list(query: RuntimeImageQuery): Promise<{ readonly rows: readonly RuntimeImageRow[]; readonly total: number }> {
    const { versions, search, sort, descending, page, limit } = query;
    const pattern = search === undefined ? null : `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    const direction = descending ? 'DESC' : 'ASC';
    const [rows, counted] = await Promise.all([
      this.database.query<RuntimeImageRow>(
        `${SELECT_ROW} WHERE ${MATCHES} ORDER BY ${SORT_COLUMNS[sort]} ${direction}, r.id LIMIT $3 OFFSET $4`,
        [versions, pattern, limit, (page - 1) * limit],
      ),
      this.database.query<{ total: number }>(`SELECT count(*)::int AS total FROM runtime_images r WHERE ${MATCHES}`, [
        versions,
        pattern,
      ]),
    ]);
    return { rows, total: counted[0]?.total ?? 0 };
  }

  /** Some of the instances that were made of an image and are not purged. */
  async users(id: string, executor: SqlExecutor = this.database): Promise<readonly ImageUser[]> {
    return executor.query<ImageUser>(
      `SELECT i.id, i.name, i.state FROM runtime_images r, ${USERS} AND r.id = $1 ORDER BY i.name LIMIT ${String(NAMED_USERS)}`,
      [id],
    );
  }

  /** Keeps an image from being removed until the transaction ends. @returns whether it is still there */
  async hold(transaction: Transaction, id: string): Promise<boolean> {
    const held = await transaction.query(`SELECT FROM runtime_images WHERE id = $1 FOR KEY SHARE`, [id]);
    return held.length === 1;
  }

  /** Waits for those that hold it, and keeps others from it until the transaction ends. @returns its id */
  async lock(transaction: Transaction, name: string): Promise<string | undefined> {
    const [row] = await transaction.query<{ id: string }>(`SELECT id FROM runtime_images WHERE name = $1 FOR UPDATE`, [
      name,
    ]);
    return row?.id;
  }

  /** Removes a locked image that nobody uses. What is purged keeps the words for what it was made of, not the reference. */
  async remove(transaction: Transaction, id: string): Promise<void> {
    await transaction.query(
      `UPDATE instances SET runtime_image_id = NULL WHERE runtime_image_id = $1 AND state = 'purged'`,
      [id],
    );
    await transaction.query(`DELETE FROM runtime_images WHERE id = $1`, [id]);
  }
}
