namespace Telemetry.Samples.ModelRunner;

/// <summary>Memory that stands for a model's weights: every page is written, and stays in use until the end.</summary>
internal sealed class ModelWeights(Random random, TimeProvider time)
{
    private const int SlabBytes = 1 << 20;

    private readonly List<byte[]> _slabs = [];

    /// <summary>Bytes written so far.</summary>
    public long Bytes => (long)_slabs.Count * SlabBytes;

    /// <summary>Allocates and fills the weights at an even pace over the time given.</summary>
    /// <param name="megabytes">How much, in MiB.</param>
    /// <param name="duration">How long it takes at least.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="OutOfMemoryException">The machine has no more memory.</exception>
    public async Task LoadAsync(int megabytes, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var slab = 1; slab <= megabytes; slab++)
        {
            _slabs.Add(NewSlab());
            var ahead = (duration * ((double)slab / megabytes)) - time.GetElapsedTime(started);
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private byte[] NewSlab()
    {
        // Uninitialized memory is only promised by the kernel; writing it makes it count. Random bytes, because zeros (and
        // anything that compresses to nothing) may be folded away by the kernel or by the hypervisor.
        var slab = GC.AllocateUninitializedArray<byte>(SlabBytes);
        random.NextBytes(slab);
        return slab;
    }
}
