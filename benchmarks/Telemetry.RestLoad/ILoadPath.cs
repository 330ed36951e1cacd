namespace Telemetry.RestLoad;

/// <summary>A way to get records to the server.</summary>
internal interface ILoadPath : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Sends this many records, and returns how many the server acknowledged.</summary>
    Task<long> SendAsync(long records);
}
