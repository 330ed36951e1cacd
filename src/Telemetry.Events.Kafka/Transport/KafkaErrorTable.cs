using System.Collections.Frozen;
using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>
/// What each error of librdkafka means for one event. docs/kafka.md holds the same table, and a test compares them.
/// </summary>
/// <remarks>
/// <para><see cref="DeliveryStatus.Final"/> is what a later attempt of the same bytes cannot change. A missing topic or right is not
/// among them: someone may create or grant it while the event waits, and an audit event is worth that wait.</para>
/// <para>An entry holds where librdkafka knows that the event was not stored; where it says "possibly stored", a
/// <see cref="DeliveryStatus.Retriable"/> becomes <see cref="DeliveryStatus.Unknown"/>. Codes that no producer can meet are listed too,
/// so that a new version of the library shows in the test and not in production.</para>
/// </remarks>
internal static partial class KafkaErrorTable
{
    private static readonly FrozenDictionary<ErrorCode, KafkaErrorEntry> ByCode =
        Broker.Concat(Client).ToFrozenDictionary(entry => entry.Code);

    /// <summary>The entry of a code; a code that is newer than the table is retriable.</summary>
    public static KafkaErrorEntry Find(ErrorCode code) =>
        ByCode.TryGetValue(code, out var entry) ? entry : new KafkaErrorEntry(code, DeliveryStatus.Retriable, "unlisted_error");

    /// <summary>All entries, brokers' first.</summary>
    public static IEnumerable<KafkaErrorEntry> All => Broker.Concat(Client);
}
