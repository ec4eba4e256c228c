/*
 * agents.c - the call centre: groups, queues and agents, as the proxies of the lines tell them.
 *
 * Each is a question that an application of somebody answers (docs/call-centre.md), some day or
 * never: the answer goes into memory that stays TAPI's when the time for it is over.
 */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tapictl/fields.h"

#define ANSWER_SECONDS 10

struct question {
    struct session *session;
    LONG (*ask)(const struct question *question, void *to); /* a request's ID, or an error */
    HLINE line;
    DWORD device, address, version, queue;
    GUID group;
};

static LONG ask_groups(const struct question *of, void *to)
{
    return lineGetGroupListW(of->line, to);
}

static LONG ask_queues(const struct question *of, void *to)
{
    GUID group = of->group;

    return lineGetQueueListW(of->line, &group, to);
}

static LONG ask_queue(const struct question *of, void *to)
{
    return lineGetQueueInfo(of->line, of->queue, to);
}

static LONG ask_agent_caps(const struct question *of, void *to)
{
    return lineGetAgentCapsW(of->session->app, of->device, of->address, of->version, to);
}

static LONG ask_agent_status(const struct question *of, void *to)
{
    return lineGetAgentStatusW(of->line, of->address, to);
}

static LONG ask_agent_groups(const struct question *of, void *to)
{
    return lineGetAgentGroupListW(of->line, of->address, to);
}

static LONG ask_activities(const struct question *of, void *to)
{
    return lineGetAgentActivityListW(of->line, of->address, to);
}

/* Asks, and waits for the answer. */
static LONG get_answer(const void *arguments, void *to)
{
    const struct question *of = arguments;
    DWORD size = *(const DWORD *)to;
    DWORD *answer = calloc(1, size);
    LONG result;

    if (!answer)
        return (LONG)LINEERR_NOMEM;
    *answer = size;
    result = of->ask(of, answer);
    if (result > 0)
        result = session_reply(of->session, result, ANSWER_SECONDS);
    if (of->session->waiting)
        return result; /* it may still be written to */
    memcpy(to, answer, size);
    free(answer);
    return result;
}

/* The answer, ended with free; NULL and a sentence in the output where there is none. */
static void *ask(struct question *question, LONG (*how)(const struct question *question, void *to),
                 const char *key)
{
    struct writer *writer = &question->session->writer;
    char spare[WORD_SPARE], text[160];
    LONG error;
    void *answer;

    question->ask = how;
    question->session->waiting = false;
    answer = session_fetch(get_answer, question, &error);
    if (answer)
        return answer;
    snprintf(text, sizeof text, "%s%s", word_or_number(WORDS_LINEERR, (uint32_t)error, spare),
             error == (LONG)LINEERR_OPERATIONUNAVAIL
                 ? ": no application answers such requests on this line (it has no proxy for them)"
             : question->session->waiting ? ": the line's proxy has not answered"
                                          : "");
    writer_text(writer, key, text);
    return NULL;
}

/* Asks, and writes the answer as an object. False: there was none. */
static bool show(struct question *question, LONG (*how)(const struct question *question, void *to),
                 const char *key, const struct field *fields)
{
    LINEAGENTSTATUS *answer = ask(question, how, key); /* all begin with the same members */

    if (!answer)
        return false;
    writer_object(&question->session->writer, key, NULL);
    fields_write(&question->session->writer, fields, answer, answer->dwTotalSize,
                 question->version);
    writer_end(&question->session->writer);
    free(answer);
    return true;
}

/* ---- queues: those of every group ---- */

/* The entry with this index of a list, which may lie about itself. */
static bool entry_of(const LINEQUEUELIST *list, DWORD index, void *entry, DWORD size)
{
    DWORD at = list->dwListOffset;

    if (index >= list->dwNumEntries || at > list->dwTotalSize ||
        index >= (list->dwTotalSize - at) / size)
        return false;
    memcpy(entry, (const BYTE *)list + at + index * size, size);
    return true;
}

static void show_queues_of(struct question *question)
{
    struct writer *writer = &question->session->writer;
    LINEQUEUELIST *list = ask(question, ask_queues, "queues");
    LINEQUEUEENTRY entry;
    char name[200];

    if (!list)
        return;
    writer_array(writer, "queues");
    for (DWORD i = 0; entry_of(list, i, &entry, sizeof entry); i++) {
        writer_object(writer, NULL, "queue");
        writer_number(writer, "queueID", entry.dwQueueID);
        writer_text(writer, "name",
                    session_part(list, entry.dwNameOffset, entry.dwNameSize, name, sizeof name));
        question->queue = entry.dwQueueID;
        show(question, ask_queue, "info", fields_LINEQUEUEINFO);
        writer_end(writer);
    }
    writer_end(writer);
    free(list);
}

static void show_queues(struct question *question)
{
    struct writer *writer = &question->session->writer;
    LINEQUEUELIST *list = ask(question, ask_groups, "groups"); /* the same members */
    LINEAGENTGROUPENTRY entry;
    char name[200];

    if (!list)
        return;
    writer_array(writer, "groups");
    for (DWORD i = 0; entry_of(list, i, &entry, sizeof entry); i++) {
        writer_object(writer, NULL, "group");
        writer_text(writer, "name",
                    session_part(list, entry.dwNameOffset, entry.dwNameSize, name, sizeof name));
        memcpy(&question->group, &entry.GroupID, sizeof question->group);
        show_queues_of(question);
        writer_end(writer);
    }
    writer_end(writer);
    free(list);
}

static void show_agents(struct question *question, DWORD addresses)
{
    struct writer *writer = &question->session->writer;

    writer_array(writer, "addresses");
    for (question->address = 0; question->address < addresses; question->address++) {
        char title[40];

        snprintf(title, sizeof title, "address %u", (unsigned)question->address);
        writer_object(writer, NULL, title);
        if (show(question, ask_agent_caps, "agentCaps", fields_LINEAGENTCAPS)) {
            show(question, ask_agent_status, "agentStatus", fields_LINEAGENTSTATUS);
            show(question, ask_agent_groups, "groups", fields_LINEAGENTGROUPLIST);
            show(question, ask_activities, "activities", fields_LINEAGENTACTIVITYLIST);
        }
        writer_end(writer);
    }
    writer_end(writer);
}

static LONG get_proxies(const void *arguments, void *to)
{
    const struct question *of = arguments;

    return lineGetProxyStatus(of->session->app, of->device, of->version, to);
}

static void show_line(struct session *session, DWORD device, const char *kind)
{
    struct writer *writer = &session->writer;
    struct question question = {.session = session, .device = device};
    char title[300], name[200];
    LINEPROXYREQUESTLIST *proxies;
    LINEDEVCAPS *caps;
    LONG error;

    question.version = session_version(session, device);
    caps = question.version ? session_dev_caps(session, device, question.version, &error) : NULL;
    if (!caps)
        return; /* list lines says why */
    session_part(caps, caps->dwLineNameOffset, caps->dwLineNameSize, name, sizeof name);
    snprintf(title, sizeof title, "line %u: %s", (unsigned)device, name);
    writer_object(writer, NULL, title);
    if (writer->style == WRITER_JSON) {
        writer_number(writer, "deviceID", device);
        writer_text(writer, "lineName", name);
    }
    error = lineOpenW(session->app, device, &question.line, question.version, 0, 0,
                      LINECALLPRIVILEGE_NONE, 0, NULL);
    if (error) {
        session_error(session, "lineOpen", error);
        goto done;
    }
    proxies = session_fetch(get_proxies, &question, &error);
    if (proxies)
        fields_write_one(writer, fields_LINEPROXYREQUESTLIST, "proxyRequests", proxies,
                         proxies->dwTotalSize, question.version);
    free(proxies);
    if (!strcmp(kind, "groups"))
        show(&question, ask_groups, "groups", fields_LINEAGENTGROUPLIST);
    else if (!strcmp(kind, "queues"))
        show_queues(&question);
    else
        show_agents(&question, caps->dwNumAddresses);
    lineClose(question.line);
done:
    writer_end(writer);
    free(caps);
}

void list_call_centre(struct session *session, const char *kind)
{
    session->quiet = true;
    writer_array(&session->writer, "lines");
    for (DWORD i = 0; i < session->devices; i++)
        show_line(session, i, kind);
    writer_end(&session->writer);
}
