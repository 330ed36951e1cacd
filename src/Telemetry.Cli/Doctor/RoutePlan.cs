using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Routing;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>Which transport carries which topic, found by the publisher's own routing.</summary>
internal sealed class RoutePlan
{
    private readonly Dictionary<string, SortedSet<string>> _topics = [];

    private RoutePlan(IReadOnlyList<PreflightFinding> findings) => Findings = findings;

    /// <summary>A line for each transport in use, or for what is wrong with the routes.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; }

    public IReadOnlyList<string> TopicsOf(string transport) => _topics.TryGetValue(transport, out var topics) ? [.. topics] : [];

    public static RoutePlan Of(TelemetryEventsOptions options, IReadOnlyList<string> transports, IReadOnlyList<CheckedTopic> topics)
    {
        if (transports.Count == 0)
            return new RoutePlan([]);
        try
        {
            using var all = new FailoverTransports(
                transports.Select(name => new NamedTransport(name)), Options.Create(options), TimeProvider.System);
            return Of(new TransportTable(all.All, options.Routes), transports, topics);
        }
        catch (OptionsValidationException exception)
        {
            // Every topic is then asked of every transport: better a line too many than a topic that nobody looked at.
            var plan = new RoutePlan(
            [
                new(
                    PreflightStatus.Warning,
                    "routes",
                    exception.Message,
                    "Give that transport its address here too. One that the service adds in code alone (AddKafkaCluster) is not known to this tool: then ignore this line."),
            ]);
            foreach (var topic in topics)
            {
                foreach (var transport in transports)
                    plan.Add(transport, topic.Name);
            }

            return plan;
        }
    }

    private static RoutePlan Of(TransportTable table, IReadOnlyList<string> transports, IReadOnlyList<CheckedTopic> topics)
    {
        var carried = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var findings = new List<PreflightFinding>();
        var plan = new RoutePlan(findings);
        foreach (var topic in topics)
        {
            foreach (var delivery in topic.Deliveries)
            {
                var transport = table.Transports[table.IndexFor(topic.Name, delivery)];
                if (!carried.TryGetValue(transport.Name, out var own))
                    carried.Add(transport.Name, own = new SortedSet<string>(StringComparer.Ordinal));
                own.Add(topic.Name);
                foreach (var name in transport is FailoverTransport pair ? [pair.Primary.Name, pair.Secondary.Name] : new[] { transport.Name })
                    plan.Add(name, topic.Name);
            }
        }

        findings.AddRange(carried.Select(entry => new PreflightFinding(
            PreflightStatus.Ok, "route " + entry.Key, $"Carries {string.Join(", ", entry.Value)}.")));
        findings.AddRange(transports.Where(name => !plan._topics.ContainsKey(name)).Select(name => new PreflightFinding(
            PreflightStatus.NotChecked, "route " + name, "Carries none of these topics; routes that the service sets in code are not known here.")));
        return plan;
    }

    private void Add(string transport, string topic)
    {
        if (!_topics.TryGetValue(transport, out var topics))
            _topics.Add(transport, topics = new SortedSet<string>(StringComparer.Ordinal));
        topics.Add(topic);
    }

    /// <summary>Stands for a transport where only its name counts.</summary>
    private sealed class NamedTransport(string name) : IEventTransport
    {
        public string Name => name;

        public ValueTask SendAsync(
            ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The routes are only looked at; nothing is sent.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
