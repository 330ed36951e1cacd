namespace Telemetry.Events.Testing;

/// <summary>
/// An expectation about published events does not hold. The message says what was expected and lists what was published. Every
/// test framework shows it as a failed test.
/// </summary>
/// <param name="message">What was expected, and what was published.</param>
public sealed class EventAssertionException(string message) : Exception(message);
