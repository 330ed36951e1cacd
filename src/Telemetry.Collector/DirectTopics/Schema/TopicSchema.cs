namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>A direct topic's table: the columns of all its events together.</summary>
/// <param name="Topic">The topic, and the table's name.</param>
/// <param name="IsAudit">Whether its events are of the delivery class Audit.</param>
/// <param name="Columns">The payload's columns, in the order that the catalog's events bring them.</param>
internal sealed record TopicSchema(string Topic, bool IsAudit, IReadOnlyList<PayloadColumn> Columns)
{
    /// <summary>Where ClickHouse reads Kafka.</summary>
    public string KafkaTable => $"{Topic}_kafka";

    /// <summary>The view that writes good records to the landing table.</summary>
    public string GoodView => $"{Topic}_good";

    /// <summary>The view that writes bad records to the dead letters.</summary>
    public string BadView => $"{Topic}_bad";

    /// <summary>The view that shows each event once.</summary>
    public string EventsView => $"{Topic}_events";

    public bool Has(string column) => Columns.Any(payload => payload.Name == column);
}
