/**
 * How programs connect, ready to be pasted. Pure text, without Angular: tests run every example with the real client.
 *
 * None of them says how to encrypt: every client's default takes TLS where the server offers it.
 */

export const LANGUAGES = ['psql', 'url', 'env', 'dotnet', 'jdbc', 'node', 'python', 'go', 'rust'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface ConnectionTarget {
  /** Host name or IP address. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Null: its place is kept. */
  readonly password: string | null;
}

/** A piece of an example. The password, with the quotes and escapes that it needs there, is a piece of its own, so that it can be masked. */
export interface SnippetPart {
  readonly text: string;
  readonly secret: boolean;
}

export type Snippet = readonly SnippetPart[];

export function snippet(language: Language, target: ConnectionTarget): Snippet {
  return SNIPPETS[language](target);
}

/** The example as one text. */
export function textOf(parts: Snippet): string {
  return parts.map(({ text }) => text).join('');
}

const SNIPPETS: Readonly<Record<Language, (target: ConnectionTarget) => Snippet>> = {
  psql: ({ host, port, user, database }) =>
    code`psql ${shell(`host=${conninfo(host)} port=${String(port)} user=${conninfo(user)} dbname=${conninfo(database)}`)}`,

  url,

  env: ({ host, port, user, database, password }) => code`export PGHOST=${shell(host)}
export PGPORT=${String(port)}
export PGUSER=${shell(user)}
export PGDATABASE=${shell(database)}
export PGPASSWORD=${secret(password, shell)}`,

  dotnet: ({ host, port, user, database, password }) => code`using Npgsql;

var settings = new NpgsqlConnectionStringBuilder
{
    Host = ${quoted(host)}, Port = ${String(port)},
    Username = ${quoted(user)}, Password = ${secret(password, quoted)},
    Database = ${quoted(database)},
};
await using var dataSource = NpgsqlDataSource.Create(settings);
await using var command = dataSource.CreateCommand("SELECT version()");
Console.WriteLine(await command.ExecuteScalarAsync());`,

  jdbc: ({ host, port, user, database, password }) => code`import java.sql.DriverManager;

class Connect {
    public static void main(String[] args) throws Exception {
        try (var connection = DriverManager.getConnection(
                ${quoted(`jdbc:postgresql://${authority(host, port)}/${encodeURIComponent(database)}`)},
                ${quoted(user)}, ${secret(password, quoted)})) {
            var rows = connection.createStatement().executeQuery("SELECT version()");
            rows.next();
            System.out.println(rows.getString(1));
        }
    }
}`,

  node: ({ host, port, user, database, password }) => code`import pg from 'pg';

const pool = new pg.Pool({
  host: ${singleQuoted(host)}, port: ${String(port)},
  user: ${singleQuoted(user)}, password: ${secret(password, singleQuoted)},
  database: ${singleQuoted(database)},
});
const { rows } = await pool.query('SELECT version()');
console.log(rows[0].version);
await pool.end();`,

  python: ({ host, port, user, database, password }) => code`import psycopg

with psycopg.connect(
    host=${quoted(host)}, port=${String(port)},
    user=${quoted(user)}, password=${secret(password, quoted)},
    dbname=${quoted(database)},
) as connection:
    print(connection.execute("SELECT version()").fetchone()[0])`,

  go: (target) => code`package main

import (
	"context"
	"fmt"
	"log"

	"github.com/jackc/pgx/v5"
)

func main() {
	const url = "${url(target)}"
	ctx := context.Background()
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close(ctx)

	var version string
	if err := connection.QueryRow(ctx, "SELECT version()").Scan(&version); err != nil {
		log.Fatal(err)
	}
	fmt.Println(version)
}`,

  rust: ({ host, port, user, database, password }) => code`use postgres::{Client, NoTls};

fn main() -> Result<(), postgres::Error> {
    let mut client = Client::configure()
        .host(${quoted(host)}).port(${String(port)})
        .user(${quoted(user)}).password(${secret(password, quoted)})
        .dbname(${quoted(database)})
        .connect(NoTls)?;
    let row = client.query_one("SELECT version()", &[])?;
    println!("{}", row.get::<_, String>(0));
    Ok(())
}`,
};

function url({ host, port, user, database, password }: ConnectionTarget): Snippet {
  return code`postgresql://${encodeURIComponent(user)}:${secret(password, encodeURIComponent)}@${authority(host, port)}/${encodeURIComponent(database)}`;
}

/** Joins text and pieces. */
function code(texts: TemplateStringsArray, ...values: readonly (string | SnippetPart | Snippet)[]): Snippet {
  const parts: SnippetPart[] = [];
  const add = (part: SnippetPart): void => {
    const last = parts.at(-1);
    if (last && !last.secret && !part.secret) {
      parts[parts.length - 1] = plain(last.text + part.text);
    } else if (part.text !== '' || part.secret) {
      parts.push(part);
    }
  };
  texts.forEach((text, index) => {
    add(plain(text));
    const value = values[index];
    if (typeof value === 'string') {
      add(plain(value));
    } else if (value !== undefined) {
      [value].flat().forEach(add);
    }
  });
  return parts;
}

const plain = (text: string): SnippetPart => ({ text, secret: false });

function secret(password: string | null, write: (text: string) => string): SnippetPart {
  return { text: password === null ? '' : write(password), secret: true };
}

/** A literal of C#, Java, Python, Go and Rust, which agree on what must be escaped in a text that can be printed. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** A literal of JavaScript. */
const singleQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A word of a POSIX shell. Between single quotes nothing has a meaning but the quote itself. */
function shell(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A value of libpq's `key=value` form. */
function conninfo(text: string): string {
  return /^[^\s'\\]+$/.test(text) ? text : `'${text.replace(/['\\]/g, '\\$&')}'`;
}

function authority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
