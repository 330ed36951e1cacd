using System.Text;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>A usage topic: its table's columns, and which of its events are usage of what.</summary>
internal sealed class UsageTopic
{
    // Bits for the columns that a record has; a table with more is read by its own decoder alone.
    private const int MaxColumns = 64;

    private readonly (byte[] Type, int Resource, ulong Required)[] _types;
    private readonly (byte[] Field, UsageField Kind)[] _columns;
    private readonly Lock _lock = new();

    // Replaced as a whole, so that it can be read without the lock.
    private volatile int[] _numbers = [];

    public UsageTopic(TopicSchema schema, IReadOnlyList<QuotaResource> resources, UsageRules rules)
    {
        Rules = rules;
        Schema = schema;
        IsQuick = schema.Columns.Count <= MaxColumns;
        _columns = [.. schema.Columns.Select(column => (Encoding.UTF8.GetBytes(column.Field), KindOf(column)))];
        _types =
        [
            .. resources.SelectMany((resource, index) => resource.Events
                .Where(type => type.Topic == schema.Topic)
                .Select(type => (Encoding.UTF8.GetBytes(type.Type), index, RequiredBy(type.Type)))),
        ];
    }

    public TopicSchema Schema { get; }

    public UsageRules Rules { get; }

    /// <summary>What events of the topic begin with, as far as it was seen.</summary>
    public PlainPrefixes Prefixes { get; } = new();

    /// <summary>The ledger's number of one of the topic's partitions.</summary>
    public int NumberOf(int partition, PartitionNumbers numbers)
    {
        var known = _numbers;
        return partition < known.Length && known[partition] is var number and >= 0 ? number : Learn(partition, numbers);
    }

    /// <summary>Whether a record can be read without its table's decoder.</summary>
    public bool IsQuick { get; }

    /// <summary>The resource that events of the type are usage of; negative for none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="required">Bits of the columns that such an event must have.</param>
    public int ResourceOf(ReadOnlySpan<byte> type, out ulong required)
    {
        foreach (var known in _types)
        {
            if (!type.SequenceEqual(known.Type))
                continue;
            required = known.Required;
            return known.Resource;
        }

        required = 0;
        return -1;
    }

    /// <summary>What a field of the payload is.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="bit">The column's bit; 0 for a field that is no column.</param>
    public UsageField FieldOf(ReadOnlySpan<byte> field, out ulong bit)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!field.SequenceEqual(_columns[i].Field))
                continue;
            bit = 1UL << i;
            return _columns[i].Kind;
        }

        bit = 0;
        return UsageField.Unknown;
    }

    private static UsageField KindOf(PayloadColumn column) => (column.Field, column.Type.DuckDb) switch
    {
        ("user_id", "VARCHAR") => UsageField.User,
        ("task_id", "VARCHAR") => UsageField.Task,
        ("credits", ColumnType.Decimal) => UsageField.Credits,
        (_, "VARCHAR") when !column.Type.IsJson => UsageField.Text,
        (_, "DOUBLE") => UsageField.Number,
        _ => UsageField.Other,
    };

    private int Learn(int partition, PartitionNumbers numbers)
    {
        lock (_lock)
        {
            var known = new int[Math.Max(_numbers.Length, partition + 1)];
            known.AsSpan().Fill(-1);
            _numbers.CopyTo(known, 0);
            known[partition] = numbers.Of(Schema.Topic, partition);
            _numbers = known;
            return known[partition];
        }
    }

    private ulong RequiredBy(string type)
    {
        var required = 0UL;
        for (var i = 0; i < Schema.Columns.Count && IsQuick; i++)
        {
            if (Schema.Columns[i].RequiredBy.Contains(type))
                required |= 1UL << i;
        }

        return required;
    }
}
