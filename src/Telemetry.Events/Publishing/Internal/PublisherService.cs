using Microsoft.Extensions.Hosting;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Starts the publisher with the host, so that bad configuration fails there and not at the first event, and stops it after
/// every other hosted service has stopped, since those may publish until their own end.
/// </summary>
internal sealed class PublisherService(EventPublisher publisher) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => publisher.StopAsync().WaitAsync(cancellationToken);
}
