/*
 * event_classes.h - every event object of TAPI 3, as data: the interface and its properties in
 * vtable order. Constructors, value structures, getters and vtables are made from this table.
 *
 * O(i, Name, Interface)  an object: the getter adds a reference; NULL comes with S_FALSE
 * W(i, Name, Interface)  an object that only some sub-events have; NULL comes with
 *                        TAPI_E_WRONGEVENT
 * N(i, Name, type)       a number or enumeration
 * T(i, Name)             a string: the getter gives a BSTR
 */
#ifndef EVENTS_EVENT_CLASSES_H
#define EVENTS_EVENT_CLASSES_H

#define EVENT_CLASSES(X)                                                                           \
    X(ITCallNotificationEvent)                                                                     \
    X(ITCallStateEvent)                                                                            \
    X(ITCallInfoChangeEvent)                                                                       \
    X(ITCallMediaEvent)                                                                            \
    X(ITCallHubEvent)                                                                              \
    X(ITDigitDetectionEvent)                                                                       \
    X(ITDigitGenerationEvent)                                                                      \
    X(ITDigitsGatheredEvent)                                                                       \
    X(ITToneDetectionEvent)                                                                        \
    X(ITQOSEvent)                                                                                  \
    X(ITAddressEvent)                                                                              \
    X(ITAddressDeviceSpecificEvent)                                                                \
    X(ITTAPIObjectEvent2)                                                                          \
    X(ITPrivateEvent)                                                                              \
    X(ITRequestEvent)                                                                              \
    X(ITFileTerminalEvent)                                                                         \
    X(ITTTSTerminalEvent)                                                                          \
    X(ITASRTerminalEvent)                                                                          \
    X(ITToneTerminalEvent)                                                                         \
    X(ITPhoneEvent)                                                                                \
    X(ITPhoneDeviceSpecificEvent)                                                                  \
    X(ITAgentEvent)                                                                                \
    X(ITAgentSessionEvent)                                                                         \
    X(ITAgentHandlerEvent)                                                                         \
    X(ITACDGroupEvent)                                                                             \
    X(ITQueueEvent)

#define ITCallNotificationEvent_PROPERTIES(i, O, W, N, T)                                          \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, Event, CALL_NOTIFICATION_EVENT)                                                           \
    N(i, CallbackInstance, LONG)

#define ITCallStateEvent_PROPERTIES(i, O, W, N, T)                                                 \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, State, CALL_STATE)                                                                        \
    N(i, Cause, CALL_STATE_EVENT_CAUSE)                                                            \
    N(i, CallbackInstance, LONG)

#define ITCallInfoChangeEvent_PROPERTIES(i, O, W, N, T)                                            \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, Cause, CALLINFOCHANGE_CAUSE)                                                              \
    N(i, CallbackInstance, LONG)

#define ITCallMediaEvent_PROPERTIES(i, O, W, N, T)                                                 \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, Event, CALL_MEDIA_EVENT)                                                                  \
    N(i, Error, HRESULT)                                                                           \
    O(i, Terminal, ITTerminal)                                                                     \
    O(i, Stream, ITStream)                                                                         \
    N(i, Cause, CALL_MEDIA_EVENT_CAUSE)

#define ITCallHubEvent_PROPERTIES(i, O, W, N, T)                                                   \
    N(i, Event, CALLHUB_EVENT)                                                                     \
    O(i, CallHub, ITCallHub)                                                                       \
    O(i, Call, ITCallInfo)

#define ITDigitDetectionEvent_PROPERTIES(i, O, W, N, T)                                            \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, Digit, unsigned char)                                                                     \
    N(i, DigitMode, TAPI_DIGITMODE)                                                                \
    N(i, TickCount, LONG)                                                                          \
    N(i, CallbackInstance, LONG)

#define ITDigitGenerationEvent_PROPERTIES(i, O, W, N, T)                                           \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, GenerationTermination, LONG)                                                              \
    N(i, TickCount, LONG)                                                                          \
    N(i, CallbackInstance, LONG)

#define ITDigitsGatheredEvent_PROPERTIES(i, O, W, N, T)                                            \
    O(i, Call, ITCallInfo)                                                                         \
    T(i, Digits)                                                                                   \
    N(i, GatherTermination, TAPI_GATHERTERM)                                                       \
    N(i, TickCount, LONG)                                                                          \
    N(i, CallbackInstance, LONG)

#define ITToneDetectionEvent_PROPERTIES(i, O, W, N, T)                                             \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, AppSpecific, LONG)                                                                        \
    N(i, TickCount, LONG)                                                                          \
    N(i, CallbackInstance, LONG)

#define ITQOSEvent_PROPERTIES(i, O, W, N, T)                                                       \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, Event, QOS_EVENT)                                                                         \
    N(i, MediaType, LONG)

#define ITAddressEvent_PROPERTIES(i, O, W, N, T)                                                   \
    O(i, Address, ITAddress)                                                                       \
    N(i, Event, ADDRESS_EVENT)                                                                     \
    W(i, Terminal, ITTerminal)

#define ITAddressDeviceSpecificEvent_PROPERTIES(i, O, W, N, T)                                     \
    O(i, Address, ITAddress)                                                                       \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, lParam1, LONG)                                                                            \
    N(i, lParam2, LONG)                                                                            \
    N(i, lParam3, LONG)

/* Answers to ITTAPIObjectEvent too: the same vtable with Phone added. */
#define ITTAPIObjectEvent2_PROPERTIES(i, O, W, N, T)                                               \
    O(i, TAPIObject, ITTAPI)                                                                       \
    N(i, Event, TAPIOBJECT_EVENT)                                                                  \
    W(i, Address, ITAddress)                                                                       \
    N(i, CallbackInstance, LONG)                                                                   \
    W(i, Phone, ITPhone)

#define ITPrivateEvent_PROPERTIES(i, O, W, N, T)                                                   \
    O(i, Address, ITAddress)                                                                       \
    O(i, Call, ITCallInfo)                                                                         \
    O(i, CallHub, ITCallHub)                                                                       \
    N(i, EventCode, LONG)                                                                          \
    O(i, EventInterface, IDispatch)

#define ITRequestEvent_PROPERTIES(i, O, W, N, T)                                                   \
    N(i, RegistrationInstance, LONG)                                                               \
    N(i, RequestMode, LONG)                                                                        \
    T(i, DestAddress)                                                                              \
    T(i, AppName)                                                                                  \
    T(i, CalledParty)                                                                              \
    T(i, Comment)

#define ITFileTerminalEvent_PROPERTIES(i, O, W, N, T)                                              \
    O(i, Terminal, ITTerminal)                                                                     \
    O(i, Track, ITFileTrack)                                                                       \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, State, TERMINAL_MEDIA_STATE)                                                              \
    N(i, Cause, FT_STATE_EVENT_CAUSE)                                                              \
    N(i, Error, HRESULT)

#define ITTTSTerminalEvent_PROPERTIES(i, O, W, N, T)                                               \
    O(i, Terminal, ITTerminal)                                                                     \
    O(i, Call, ITCallInfo)                                                                         \
    N(i, Error, HRESULT)

#define ITASRTerminalEvent_PROPERTIES  ITTTSTerminalEvent_PROPERTIES
#define ITToneTerminalEvent_PROPERTIES ITTTSTerminalEvent_PROPERTIES

#define ITPhoneEvent_PROPERTIES(i, O, W, N, T)                                                     \
    O(i, Phone, ITPhone)                                                                           \
    N(i, Event, PHONE_EVENT)                                                                       \
    N(i, ButtonState, PHONE_BUTTON_STATE)                                                          \
    N(i, HookSwitchState, PHONE_HOOK_SWITCH_STATE)                                                 \
    N(i, HookSwitchDevice, PHONE_HOOK_SWITCH_DEVICE)                                               \
    N(i, RingMode, LONG)                                                                           \
    N(i, ButtonLampId, LONG)                                                                       \
    T(i, NumberGathered)                                                                           \
    W(i, Call, ITCallInfo)

/* What only some sub-events have; the others answer TAPI_E_WRONGEVENT. X(property, events) */
#define ITPhoneEvent_ONLY_IN(X)                                                                    \
    X(ButtonState, 1u << PE_BUTTON)                                                                \
    X(HookSwitchState, 1u << PE_HOOKSWITCH)                                                        \
    X(HookSwitchDevice, 1u << PE_HOOKSWITCH)                                                       \
    X(RingMode, 1u << PE_RINGMODE)                                                                 \
    X(ButtonLampId, 1u << PE_LAMPMODE | 1u << PE_BUTTON)                                           \
    X(NumberGathered, 1u << PE_NUMBERGATHERED)

#define ITPhoneDeviceSpecificEvent_PROPERTIES(i, O, W, N, T)                                       \
    O(i, Phone, ITPhone)                                                                           \
    N(i, lParam1, LONG)                                                                            \
    N(i, lParam2, LONG)                                                                            \
    N(i, lParam3, LONG)

#define ITAgentEvent_PROPERTIES(i, O, W, N, T)                                                     \
    O(i, Agent, ITAgent)                                                                           \
    N(i, Event, AGENT_EVENT)

#define ITAgentSessionEvent_PROPERTIES(i, O, W, N, T)                                              \
    O(i, Session, ITAgentSession)                                                                  \
    N(i, Event, AGENT_SESSION_EVENT)

#define ITAgentHandlerEvent_PROPERTIES(i, O, W, N, T)                                              \
    O(i, AgentHandler, ITAgentHandler)                                                             \
    N(i, Event, AGENTHANDLER_EVENT)

#define ITACDGroupEvent_PROPERTIES(i, O, W, N, T)                                                  \
    O(i, Group, ITACDGroup)                                                                        \
    N(i, Event, ACDGROUP_EVENT)

#define ITQueueEvent_PROPERTIES(i, O, W, N, T)                                                     \
    O(i, Queue, ITQueue)                                                                           \
    N(i, Event, ACDQUEUE_EVENT)

#endif
