using System.Collections.Frozen;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// What an error of a proxy means for one event: the one table of it, also in docs/restproxy.md. An error that names a record says that
/// this record is not stored; one that names the whole request says so only where the proxy cannot have begun.
/// </summary>
internal static class RestProxyOutcomes
{
    public const string Unreachable = "unreachable";
    public const string ConnectionLost = "connection_lost";
    public const string TimedOut = "timeout";
    public const string CircuitOpen = "circuit_open";
    public const string Rejected = "rejected";
    public const string Cancelled = "cancelled";
    public const string TokenUnavailable = "token_unavailable";
    public const string UnknownDialect = "unknown_dialect";
    public const string GarbledReply = "garbled_reply";
    public const string MissingReply = "missing_reply";
    public const string Throttled = "throttled";
    public const string TooLarge = "too_large";

    private const string UnknownTopic = "unknown_topic_or_part";
    public const string Unauthenticated = "unauthenticated";
    public const string Unauthorized = "unauthorized";
    private const string OtherError = "other_error";

    private static readonly FrozenDictionary<int, DeliveryOutcome> V2Records = new Dictionary<int, DeliveryOutcome>
    {
        [40101] = DeliveryOutcome.Retriable(Unauthenticated),
        [40301] = DeliveryOutcome.Retriable(Unauthorized),
        [40401] = DeliveryOutcome.Retriable(UnknownTopic),
        [40402] = DeliveryOutcome.Retriable(UnknownTopic),
        [50002] = DeliveryOutcome.Final("kafka_error"),
        [50003] = DeliveryOutcome.Retriable("kafka_retriable_error"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, DeliveryOutcome> V3Records = new Dictionary<int, DeliveryOutcome>
    {
        [400] = DeliveryOutcome.Final("bad_request"),
        [404] = DeliveryOutcome.Retriable(UnknownTopic),
        [408] = DeliveryOutcome.Retriable("request_timeout"),
        [413] = DeliveryOutcome.Final(TooLarge),
        [415] = DeliveryOutcome.Final("unsupported_media_type"),
        [422] = DeliveryOutcome.Final("unprocessable"),
        [429] = DeliveryOutcome.Retriable(Throttled),
        [500] = DeliveryOutcome.Retriable("server_error"),
        [503] = DeliveryOutcome.Retriable("unavailable"),
        [40002] = DeliveryOutcome.Final("kafka_bad_request"),
        [40101] = DeliveryOutcome.Final(Unauthenticated),
        [40301] = DeliveryOutcome.Final(Unauthorized),
        [40401] = DeliveryOutcome.Retriable(UnknownTopic),
        [40402] = DeliveryOutcome.Retriable(UnknownTopic),
        [40403] = DeliveryOutcome.Retriable(UnknownTopic),
        [50002] = DeliveryOutcome.Final("kafka_error"),
        [50003] = DeliveryOutcome.Retriable("kafka_retriable_error"),
        [50302] = DeliveryOutcome.Retriable("broker_unavailable"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, DeliveryOutcome> StrimziRecords = new Dictionary<int, DeliveryOutcome>
    {
        [400] = DeliveryOutcome.Final("bad_request"),
        [401] = DeliveryOutcome.Retriable(Unauthenticated),
        [403] = DeliveryOutcome.Retriable(Unauthorized),
        [404] = DeliveryOutcome.Retriable(UnknownTopic),
        [413] = DeliveryOutcome.Final(TooLarge),
        [422] = DeliveryOutcome.Final("unprocessable"),
        [429] = DeliveryOutcome.Retriable(Throttled),
        // The bridge's word for whatever its producer threw, time-outs among it.
        [500] = DeliveryOutcome.Unknown("server_error"),
        [503] = DeliveryOutcome.Retriable("unavailable"),
    }.ToFrozenDictionary();

    /// <summary>What a record's own error code means. A code that nobody documents is unknown: sent again, never dropped.</summary>
    public static DeliveryOutcome ForRecord(RestProxyDialect dialect, int errorCode) =>
        (dialect switch
        {
            RestProxyDialect.ConfluentV3 => V3Records,
            RestProxyDialect.Strimzi => StrimziRecords,
            _ => V2Records,
        }).TryGetValue(errorCode, out var outcome)
            ? outcome
            : DeliveryOutcome.Unknown(OtherError);

    /// <summary>What the status of a whole request means for each of its events, where the reply says nothing of them one by one.</summary>
    public static DeliveryOutcome ForRequest(RestProxyDialect dialect, int status) => status switch
    {
        400 => DeliveryOutcome.Final("bad_request"),
        // Confluent v2 answers so when any record was refused for this reason: its neighbours may be stored.
        401 => DeliveryOutcome.Unknown(Unauthenticated),
        403 => DeliveryOutcome.Unknown(Unauthorized),
        404 => DeliveryOutcome.Retriable(UnknownTopic),
        408 => DeliveryOutcome.Retriable("request_timeout"),
        413 => DeliveryOutcome.Final(TooLarge),
        415 => DeliveryOutcome.Final("unsupported_media_type"),
        422 => DeliveryOutcome.Final("unprocessable"),
        429 => DeliveryOutcome.Retriable(Throttled),
        503 when dialect != RestProxyDialect.ConfluentV2 => DeliveryOutcome.Retriable("unavailable"),
        503 => DeliveryOutcome.Unknown("unavailable"),
        >= 500 => DeliveryOutcome.Unknown("server_error"),
        // Followed, a redirect would carry credentials and events to whatever host it names.
        >= 300 and < 400 => DeliveryOutcome.Retriable("redirected"),
        _ => DeliveryOutcome.Retriable("unexpected_status"),
    };

    /// <summary>Whether the proxy refused the request for what is in it, before it stored anything: halves of it may pass.</summary>
    public static bool IsRefusedForItsContent(int status) => status is 400 or 413 or 422;
}
