using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>Where records go.</summary>
internal interface IRecordStore : IDisposable
{
    /// <summary>The cluster's id, as v3 shows it.</summary>
    string ClusterId { get; }

    /// <summary>
    /// Stores those of the batch's first <paramref name="count"/> records that have not failed, and sets for each where
    /// it is or why it is not.
    /// </summary>
    ValueTask StoreAsync(string topic, RecordBatch batch, int count);

    /// <summary>All topics; never creates one.</summary>
    IReadOnlyList<TopicDescription> ListTopics();
}
