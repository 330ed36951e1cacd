using System.Net;
using System.Net.Http.Headers;

namespace Telemetry.RestProxy.Conformance.Tests.Hosting;

/// <summary>A request body that a test writes bit by bit.</summary>
internal sealed class DuplexContent : HttpContent, IAsyncDisposable
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DuplexContent(string contentType) => Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

    public Task<Stream> Opened => _opened.Task;

    public void Complete() => _completed.TrySetResult();

    public ValueTask DisposeAsync()
    {
        Complete();
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // Sends the headers.
        await stream.FlushAsync();
        _opened.SetResult(stream);
        await _completed.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
