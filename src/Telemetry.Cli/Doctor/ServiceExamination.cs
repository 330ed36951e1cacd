using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>Looks at a service's configuration, then asks each of its transports, all at once.</summary>
internal sealed class ServiceExamination(DoctorSettings settings, IReadOnlyList<TransportSource> known)
{
    private readonly List<TransportSource> _sources = [.. known.Where(source => source.IsConfigured(settings.Configuration))];

    /// <summary>The configuration first, then each transport in the order of the sources.</summary>
    /// <param name="cancellationToken">Ends all; what was found so far is told.</param>
    public async IAsyncEnumerable<Section> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = ReadOptions(out var failure);
        var plan = RoutePlan.Of(options, [.. _sources.Select(source => source.Name)], settings.Topics);
        yield return new Section("configuration", [.. ConfigurationFindings(options, failure), .. plan.Findings]);

        // One deadline for all: a broker that never answers holds nobody up longer than was asked for.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(settings.Timeout);
        var examinations = _sources.Select(source =>
        {
            var request = new PreflightRequest
            {
                Topics = plan.TopicsOf(source.Name),
                MaxEventBytes = settings.MaxEventBytes ?? options.MaxEventBytes,
                ShutdownTimeout = options.ShutdownTimeout,
            };
            // Not on this thread: a client may block while it connects.
            return Task.Run(
                () => TransportExamination.RunAsync(() => Build([source]), request, settings.Timeout, deadline.Token, cancellationToken), CancellationToken.None);
        }).ToList();
        for (var i = 0; i < examinations.Count; i++)
            yield return new Section(_sources[i].Name, await examinations[i].ConfigureAwait(false));
    }

    private IEnumerable<PreflightFinding> ConfigurationFindings(TelemetryEventsOptions options, PreflightFinding? failure)
    {
        if (failure is not null)
            yield return failure;
        if (_sources.Count == 0)
        {
            yield return new(
                PreflightStatus.Failed,
                "transports",
                "No transport has an address, so that events would go nowhere.",
                $"Set one of {string.Join(", ", known.Select(source => $"{source.Variable} (or {source.Setting})"))}.");
        }

        foreach (var finding in ServiceChecks.Check(options, settings.Configuration))
            yield return finding;
    }

    /// <summary>The options as the service would have them, checked or not: what is wrong with them is a finding among others.</summary>
    private TelemetryEventsOptions ReadOptions(out PreflightFinding? failure)
    {
        failure = null;
        try
        {
            using var services = Build(_sources);
            return services.GetRequiredService<IOptions<TelemetryEventsOptions>>().Value;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OptionsValidationException)
        {
            // A value of another type than its option, or a transport that adds its routes out of options that are wrong.
            failure = new(PreflightStatus.Failed, "options", exception.Message, "Correct the value; the checks below go by the defaults.");
            return new TelemetryEventsOptions();
        }
    }

    private ServiceProvider Build(IEnumerable<TransportSource> sources)
    {
        var services = new ServiceCollection();
        services.AddSingleton(settings.Configuration);
        services.AddLogging();
        var builder = services.AddTelemetryEvents();
        foreach (var source in sources)
            source.Add(builder);
        // The doctor reports those itself; a wrong NODE_ID must not hide what the brokers say.
        services.RemoveAll<IValidateOptions<TelemetryEventsOptions>>();
        return services.BuildServiceProvider();
    }
}
