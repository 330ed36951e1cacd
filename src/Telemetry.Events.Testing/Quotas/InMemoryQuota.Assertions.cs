namespace Telemetry.Events.Testing;

/// <content>What a test asks.</content>
public sealed partial class InMemoryQuota
{
    /// <summary>Fails the test unless a reservation was granted to the task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="amount">For how many credits; null for any number.</param>
    /// <returns>The reservation, the latest where there are several.</returns>
    /// <exception cref="EventAssertionException">There is none.</exception>
    public InMemoryReservation ShouldHaveReserved(string task, decimal? amount = null) =>
        Expect(task, amount, state: null, "a reservation");

    /// <summary>Fails the test unless the task's reservation was settled.</summary>
    /// <param name="task">The task.</param>
    /// <param name="actual">With how many credits; null for any number.</param>
    /// <returns>The reservation.</returns>
    /// <exception cref="EventAssertionException">It was not.</exception>
    public InMemoryReservation ShouldHaveSettled(string task, decimal? actual = null) =>
        Expect(task, actual, InMemoryReservationState.Settled, "a settled reservation");

    /// <summary>Fails the test unless the task's reservation was given back.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The reservation.</returns>
    /// <exception cref="EventAssertionException">It was not.</exception>
    public InMemoryReservation ShouldHaveReleased(string task) =>
        Expect(task, amount: null, InMemoryReservationState.Released, "a released reservation");

    /// <summary>Fails the test if something is held still: a lease that was neither settled nor disposed.</summary>
    /// <exception cref="EventAssertionException">Something is.</exception>
    public void ShouldHoldNothing()
    {
        if (Reservations.Any(reservation => reservation.State == InMemoryReservationState.Active))
            throw new EventAssertionException($"Expected that nothing is held.{Listed()}");
    }

    private InMemoryReservation Expect(string task, decimal? amount, InMemoryReservationState? state, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        return Reservations.LastOrDefault(reservation =>
                reservation.Task == task && (amount is null || reservation.Amount == amount) && (state is null || reservation.State == state))
            ?? throw new EventAssertionException(FormattableString.Invariant(
                $"Expected {what} of task '{task}'{(amount is null ? "" : FormattableString.Invariant($" for {amount} credits"))}.{Listed()}"));
    }

    private string Listed()
    {
        var reservations = Reservations;
        return reservations.Count == 0
            ? " There was no reservation."
            : $" There were:{string.Concat(reservations.Select(reservation => $"{Environment.NewLine}  {reservation}"))}";
    }
}
