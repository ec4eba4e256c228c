/*
 * tables.h - Microsoft's public facts as tables (the CSV files in reference/), read at run time.
 * Win32-free.
 */
#ifndef SURFACE_TABLES_H
#define SURFACE_TABLES_H

struct table {
    int rows; /* without the heading */
    int columns;
    char **cells; /* (rows + 1) * columns strings; the first row is the heading */
    char *text;   /* what the cells point into */
};

/* Reads a CSV file (RFC 4180: quotes, doubled quotes, no line breaks in cells; every row as long as
 * the heading). Returns 0, or -1 with a sentence on stderr. Free with table_free. */
int table_read(struct table *table, const char *path);
void table_free(struct table *table);

/* The address of a cell, so that a test can replace it. Ends the program on an unknown column: a
 * table without it cannot be tested against. */
char **table_cell(const struct table *table, int row, const char *column);
/* The text of a cell; never NULL. */
const char *table_get(const struct table *table, int row, const char *column);

#endif
