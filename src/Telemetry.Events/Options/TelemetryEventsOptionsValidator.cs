using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Events.Context;
using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events;

/// <summary>
/// Checks every option, and that a transport exists. By hand, since the messages of generated range checks show neither the
/// value nor the fix.
/// </summary>
internal sealed class TelemetryEventsOptionsValidator(IServiceProviderIsService? services = null)
    : IValidateOptions<TelemetryEventsOptions>
{
    private const string Section = TelemetryEventsOptions.SectionName;
    private const int MaxServiceNameLength = 128;

    public ValidateOptionsResult Validate(string? name, TelemetryEventsOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();

        if (!IsServiceName(options.ServiceName))
        {
            failures.AddError(
                $"{Section}:ServiceName is '{options.ServiceName}'. Set it to 1 to {MaxServiceNameLength} of a-z, 0-9, '.', '_' " +
                "and '-', such as 'model-runner'.");
        }

        CheckUuid(failures, options.Context.TenantId, nameof(EventContextOptions.TenantId), EnvironmentContext.TenantId);
        CheckUuid(failures, options.Context.NodeId, nameof(EventContextOptions.NodeId), EnvironmentContext.NodeId);

        foreach (var attribute in options.Attributes.Keys)
        {
            if (AttributeNames.Check(attribute) is { } problem)
                failures.AddError($"{Section}:Attributes: {problem}");
        }

        CheckRange(failures, options.MaxBufferedEvents, 1, 10_000_000, nameof(options.MaxBufferedEvents));
        CheckRange(failures, options.MaxEventBytes, 1024, 100_000_000, nameof(options.MaxEventBytes));
        CheckRange(failures, options.MaxBatchEvents, 1, 100_000, nameof(options.MaxBatchEvents));
        CheckRange(failures, options.BatchDelay, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.BatchDelay));
        CheckRange(failures, options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10), nameof(options.RetryDelay));
        CheckRange(failures, options.RetryMaxDelay, options.RetryDelay, TimeSpan.FromHours(1), nameof(options.RetryMaxDelay));
        CheckRange(failures, options.SpillAfter, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.SpillAfter));
        CheckClass(failures, options.Telemetry, options.MaxEventBytes, nameof(options.Telemetry));
        CheckClass(failures, options.Usage, options.MaxEventBytes, nameof(options.Usage));
        CheckRange(failures, options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.StallTimeout));
        CheckRange(failures, options.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.ShutdownTimeout));

        CheckFailover(failures, options.Failover);
        if (options.MaxBufferedBytes < options.MaxEventBytes)
        {
            failures.AddError(
                $"{Section}:MaxBufferedBytes is {options.MaxBufferedBytes}, less than {Section}:MaxEventBytes " +
                $"({options.MaxEventBytes}): the largest event would never fit. Raise the first or lower the second.");
        }

        if (services?.IsService(typeof(IEventTransport)) == false)
        {
            failures.AddError(
                "No transport is registered, so events would go nowhere. Add the package Telemetry.Events.Kafka, then:\n" +
                "    services.AddTelemetryEvents()\n" +
                "            .AddKafka();   // takes the broker's address from KAFKA_DIRECT_URL");
        }

        return failures.Build();
    }

    private static void CheckFailover(ValidateOptionsResultBuilder failures, FailoverOptions options)
    {
        const string Prefix = nameof(TelemetryEventsOptions.Failover) + ":";
        CheckRange(failures, options.FailureThreshold, 2, 1000, Prefix + nameof(options.FailureThreshold));
        CheckRange(failures, options.BreakDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), Prefix + nameof(options.BreakDuration));
        CheckRange(failures, options.AttemptTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), Prefix + nameof(options.AttemptTimeout));
    }

    private static void CheckClass(ValidateOptionsResultBuilder failures, DeliveryClassOptions options, int maxEventBytes, string name)
    {
        CheckRange(failures, options.MaxBufferedEvents ?? 1, 1, 10_000_000, $"{name}:{nameof(options.MaxBufferedEvents)}");
        CheckRange(failures, options.MaxBufferedBytes ?? maxEventBytes, maxEventBytes, long.MaxValue, $"{name}:{nameof(options.MaxBufferedBytes)}");
    }

    private static void CheckRange<T>(ValidateOptionsResultBuilder failures, T value, T min, T max, string option)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            failures.AddError($"{Section}:{option} is {value}. Set it to a value from {min} to {max}.");
    }

    private static void CheckUuid(ValidateOptionsResultBuilder failures, string? value, string option, string variable)
    {
        if (value is not null && !Guid.TryParseExact(value, "D", out _))
        {
            failures.AddError(
                $"{Section}:Context:{option} (environment variable {variable}) is '{value}', which is not a UUID. Set it to one " +
                "such as 0f8fad5b-d9cb-469f-a165-70867728950e, or leave it unset.");
        }
    }

    private static bool IsServiceName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxServiceNameLength)
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '_' or '-'))
                return false;
        }

        return true;
    }
}
