namespace Telemetry.Collector.Quotas.Log;

/// <summary>
/// Keeps what no usage event says: reservations, limits, grants. Records of one owner keep their order. Safe for use from any thread.
/// </summary>
internal interface IStateLog
{
    /// <summary>
    /// Hands over every record that counts, from the first on; completes when those that stood there at the call were handed over. May be
    /// called more than once, by who wants them each.
    /// </summary>
    /// <remarks>
    /// Where other instances write to the log too, it goes on after that, until it is closed: their records are handed over as they come,
    /// and so are one's own. Who takes them tells by their content what is new.
    /// </remarks>
    /// <param name="apply">
    /// Called for one record after the other, on one thread. Records that are superseded and removals may come, in their order. A
    /// <see cref="System.Text.Json.JsonException"/> of it is logged, and the record counts for nothing.
    /// </param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="StateLogException">The log cannot be read.</exception>
    Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken);

    /// <summary>Appends records; completes when all are durable. They may be handed to the broker in one go, but are no transaction.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome is then unknown.</param>
    /// <exception cref="StateLogException">They were not appended, or whether they were is unknown: <see cref="StateLogException.IsOutcomeUnknown"/>.</exception>
    ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken);
}
