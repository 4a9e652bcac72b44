import Database from 'better-sqlite3';

/** The least that a database can be asked, of one in a file. */
export class SelectAnchor {
  readonly #database: Database.Database;
  readonly #statement: Database.Statement;

  constructor(file: string) {
    this.#database = new Database(file);
    this.#database.pragma('journal_mode = WAL');
    this.#database.exec(
      'create table counter (id integer primary key, value integer); insert into counter values (1, 1)',
    );
    this.#statement = this.#database.prepare(
      'select value from counter where id = ?',
    );
  }

  ask(): void {
    this.#statement.get(1);
  }

  close(): void {
    this.#database.close();
  }
}
