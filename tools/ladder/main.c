/* ladder - draws the event log of an exchange as a call ladder: text on standard output, and an SVG
 * picture where a second file is named.  Usage: ladder LOG [PICTURE.svg [TITLE]] */
#include "ladder.h"

#include <stdlib.h>
#include <string.h>
#include <errno.h>

static char *read_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    char *text = NULL;
    size_t size = 0, room = 0;

    if (!file)
        return NULL;
    do {
        char *larger = realloc(text, (room += 65536) + 1);

        if (!larger)
            break;
        text = larger;
        size += fread(text + size, 1, room - size, file);
    } while (size == room);
    if (text)
        text[size] = 0;
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    struct ladder *ladder = NULL;
    char error[160], *text = NULL;
    FILE *picture;
    int status = 1;

    if (argc < 2 || argc > 4) {
        fprintf(stderr, "usage: ladder LOG [PICTURE.svg [TITLE]]\n");
        return 2;
    }
    text = read_file(argv[1]);
    if (!text) {
        fprintf(stderr, "ladder: cannot read %s: %s\n", argv[1], strerror(errno));
        goto done;
    }
    ladder = ladder_parse(text, error, sizeof(error));
    if (!ladder) {
        fprintf(stderr, "ladder: %s: %s\n", argv[1], error);
        goto done;
    }
    ladder_write_text(ladder, stdout);
    if (argc > 2) {
        picture = fopen(argv[2], "wb");
        if (!picture) {
            fprintf(stderr, "ladder: cannot write %s: %s\n", argv[2], strerror(errno));
            goto done;
        }
        ladder_write_svg(ladder, argc > 3 ? argv[3] : "Call ladder", picture);
        if (fclose(picture)) {
            fprintf(stderr, "ladder: %s is incomplete: %s\n", argv[2], strerror(errno));
            goto done;
        }
    }
    status = 0;
done:
    ladder_free(ladder);
    free(text);
    return status;
}
