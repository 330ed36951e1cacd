using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Starts the publisher with the host, so that bad configuration fails there and not at the first event, and stops it after
/// every other hosted service has stopped, since those may publish until their own end.
/// </summary>
internal sealed class PublisherService(IServiceProvider services) : IHostedLifecycleService
{
    private EventPublisher? _publisher;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Not by the constructor: hosts construct their services before they validate options, and a missing transport would
        // then show as a failed activation instead of as the lines to add.
        _publisher = services.GetRequiredService<EventPublisher>();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The token says that the host's time is out, which those before us may have used up: what is left is spooled or dropped then, and
    // waited for, since a process that ends before it would lose the events without a word.
    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _publisher?.StopAsync(hurry: cancellationToken) ?? Task.CompletedTask;
}
