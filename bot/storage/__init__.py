"""The database: one page of tables, migrations, and connections for reading and writing."""
