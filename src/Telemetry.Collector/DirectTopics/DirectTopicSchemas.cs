using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.DirectTopics;

/// <summary>The schemas of the direct topics of this process, read once.</summary>
internal sealed class DirectTopicSchemas
{
    /// <exception cref="StartupException">The catalog cannot be read; the message says why and what helps.</exception>
    public DirectTopicSchemas(IOptions<DirectTopicsOptions> options) =>
        All = TopicSchemas.TryCreate(options.Value, out var schemas, out var error) ? schemas : throw new StartupException(error);

    /// <summary>By topic.</summary>
    public IReadOnlyList<TopicSchema> All { get; }

    public TopicSchema? Find(string topic) => All.FirstOrDefault(schema => schema.Topic == topic);
}
