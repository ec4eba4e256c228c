/* Reading CSV tables. */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    char *text = NULL;
    long size;
    FILE *file = fopen(path, "rb");

    if (!file)
        return NULL;
    if (!fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 && !fseek(file, 0, SEEK_SET) &&
        (text = malloc((size_t)size + 1)) != NULL) {
        size_t got = fread(text, 1, (size_t)size, file);
        text[got] = 0;
    }
    fclose(file);
    return text;
}

/* Ends the cell at *at in place, without its quotes; *at moves behind it. Returns the cell, and in
 * *separator what ended it: a comma, a line break or 0. */
static char *next_cell(char **at, char *separator)
{
    char *in = *at, *out = in, *cell = in;

    if (*in == '"') {
        in++;
        while (*in && (*in != '"' || in[1] == '"')) {
            if (*in == '"')
                in++;
            *out++ = *in++;
        }
        if (*in)
            in++;
    } else {
        while (*in && *in != ',' && *in != '\n' && *in != '\r')
            *out++ = *in++;
    }
    if (*in == '\r')
        in++;
    *separator = *in;
    if (*in)
        in++;
    *out = 0;
    *at = in;
    return cell;
}

int table_read(struct table *table, const char *path)
{
    char *at, separator = '\n';
    int line = 0, column = 0, capacity = 0, count = 0;

    memset(table, 0, sizeof(*table));
    table->text = read_file(path);
    if (!table->text) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return -1;
    }
    for (at = table->text; *at || separator == ',';) {
        char *cell = next_cell(&at, &separator);
        if (count == capacity) {
            char **more = realloc(table->cells, (size_t)(capacity + 4096) * sizeof(*more));
            if (!more)
                goto failed;
            table->cells = more;
            capacity += 4096;
        }
        table->cells[count++] = cell;
        column++;
        if (separator != ',') {
            if (line++ == 0)
                table->columns = column;
            if (column != table->columns) {
                fprintf(stderr, "%s:%d: %d cells instead of %d\n", path, line, column,
                        table->columns);
                goto failed;
            }
            column = 0;
        }
    }
    table->rows = line - 1;
    if (table->rows < 1) {
        fprintf(stderr, "%s: no rows\n", path);
        goto failed;
    }
    return 0;

failed:
    table_free(table);
    return -1;
}

void table_free(struct table *table)
{
    free(table->cells);
    free(table->text);
    memset(table, 0, sizeof(*table));
}

char **table_cell(const struct table *table, int row, const char *column)
{
    for (int i = 0; i < table->columns; i++)
        if (!strcmp(table->cells[i], column))
            return &table->cells[(row + 1) * table->columns + i];
    fprintf(stderr, "the table has no column \"%s\"\n", column);
    exit(1);
}

const char *table_get(const struct table *table, int row, const char *column)
{
    return *table_cell(table, row, column);
}
