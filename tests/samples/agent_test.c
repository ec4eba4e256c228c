/* agent_test.c - an agent of TAPI 3 at the sample ACD. */
#include "tests/samples/sample.h"

static void an_agent_takes_the_queues_calls(enum language language)
{
    /* What is told of calls and what is told of the session have no order between them. */
    static const char calls[] = "the call centre is Sample ACD\r\n|a call from 5550001\r\n|"
                                "the call is over\r\n|a call from 5550002\r\n|"
                                "the call is over\r\n|2 calls, |"
                                "queue 800: 2 calls came, 0 wait, 0 gave up\r\n";
    static const char session[] = "logged in|\nready|\nbusy|\nworking after the call|\nready|"
                                  "\nbusy|\nworking after the call|2 calls, |\nlogged out\r\n";
    static const char centre[] = "a call waits\r\n|102: busy with a call of the queue\r\n|"
                                 "102: working after a call\r\n|102: logged off\r\n";

    sample_run_together(language, "acd", "agent", "queue.conf", "102 4711 1234 2 50");
    sample_check(language, calls, calls, 0,
                 "5550001\t800\tcalls|102\t5550001\tanswers|5550001\t102\thangs up|"
                 "102\t5550002\tanswers|5550002\t102\thangs up");
    sample_check(language, session, session, 0, "");
    sample_check(language, centre, centre, 0, "");
}
IN_EVERY_LANGUAGE(an_agent_takes_the_queues_calls)

static void an_agent_needs_a_call_centre(enum language language)
{
    static const char says[] = "there is no call centre with a line 102\r\n";

    sample_run(language, "agent", "queue.conf", "102 4711 1234");
    sample_check(language, says, says, 2, "");
    sample_run(language, "agent", "queue.conf", "102 4711");
    sample_check(language, "usage: agent", "usage: agent", 2, "");
}
IN_EVERY_LANGUAGE(an_agent_needs_a_call_centre)

static void an_agent_without_a_name_is_refused(enum language language)
{
    sample_run_together(language, "acd", "agent", "queue.conf", "102 \"\" \"\"");
    sample_check(language, "not logged in: ", "not logged in: ", 1, "");
}
IN_EVERY_LANGUAGE(an_agent_without_a_name_is_refused)
