using System.Runtime.CompilerServices;

namespace Telemetry.Events.Testing;

/// <content>What a test asks.</content>
public sealed partial class InMemoryEventPublisher
{
    /// <summary>The accepted events of one type, in the order of their acceptance. A copy.</summary>
    /// <typeparam name="TEvent">The event's type; types derived from it count too.</typeparam>
    public IReadOnlyList<TEvent> Published<TEvent>()
        where TEvent : ITelemetryEvent =>
        [.. Events.Select(published => published.Payload).OfType<TEvent>()];

    /// <summary>Fails the test unless events of this type were accepted.</summary>
    /// <typeparam name="TEvent">The event's type.</typeparam>
    /// <param name="predicate">Which of them count; null for all.</param>
    /// <param name="times">How many must count, exactly; null for at least one.</param>
    /// <param name="predicateText">Leave it to the compiler: the predicate, as the message shows it.</param>
    /// <returns>The events that count, to look at more closely.</returns>
    /// <exception cref="EventAssertionException">There are none, or another number of them.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is negative.</exception>
    public IReadOnlyList<TEvent> ShouldHavePublished<TEvent>(
        Func<TEvent, bool>? predicate = null,
        int? times = null,
        [CallerArgumentExpression(nameof(predicate))] string? predicateText = null)
        where TEvent : ITelemetryEvent
    {
        var events = Events;
        return Expect(
            [.. events.Select(published => published.Payload).OfType<TEvent>()],
            predicate,
            times,
            new Expectation($"{TEvent.Descriptor.Name} ({typeof(TEvent).Name})", predicateText),
            events);
    }

    /// <summary>Fails the test unless events of this name were accepted: for names known only at run time.</summary>
    /// <param name="name">The event's name, such as <c>shop.order.place</c>.</param>
    /// <param name="times">How many there must be, exactly; null for at least one.</param>
    /// <returns>The events of that name.</returns>
    /// <exception cref="EventAssertionException">There are none, or another number of them.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is negative.</exception>
    public IReadOnlyList<PublishedEvent> ShouldHavePublishedNamed(string name, int? times = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var events = Events;
        return Expect(
            [.. events.Where(published => published.Descriptor.Name.Value == name)],
            predicate: null,
            times,
            new Expectation(name, Predicate: null),
            events);
    }

    /// <summary>Fails the test if such an event was accepted.</summary>
    /// <typeparam name="TEvent">The event's type.</typeparam>
    /// <param name="predicate">Which of them count; null for all.</param>
    /// <param name="predicateText">Leave it to the compiler: the predicate, as the message shows it.</param>
    /// <exception cref="EventAssertionException">There is one.</exception>
    public void ShouldNotHavePublished<TEvent>(
        Func<TEvent, bool>? predicate = null, [CallerArgumentExpression(nameof(predicate))] string? predicateText = null)
        where TEvent : ITelemetryEvent =>
        ShouldHavePublished(predicate, times: 0, predicateText);

    /// <summary>Fails the test if anything was accepted.</summary>
    /// <exception cref="EventAssertionException">There is an event.</exception>
    public void ShouldHavePublishedNothing()
    {
        var events = Events;
        Expect(events, predicate: null, times: 0, new Expectation("event", Predicate: null), events);
    }

    private IReadOnlyList<T> Expect<T>(
        IReadOnlyList<T> candidates,
        Func<T, bool>? predicate,
        int? times,
        Expectation expectation,
        IReadOnlyList<PublishedEvent> events)
    {
        if (times is { } exactly)
            ArgumentOutOfRangeException.ThrowIfNegative(exactly, nameof(times));
        IReadOnlyList<T> matches = predicate is null ? candidates : [.. candidates.Where(predicate)];
        if (times is { } expected ? matches.Count == expected : matches.Count > 0)
            return matches;
        throw new EventAssertionException(
            expectation.Describe(times, matches.Count, candidates.Count, events, GetLedger()));
    }
}
