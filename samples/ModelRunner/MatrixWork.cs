namespace Telemetry.Samples.ModelRunner;

/// <summary>Keeps cores busy with products of dense matrices.</summary>
internal sealed class MatrixWork(Random random, TimeProvider time)
{
    // Three matrices of 128 x 128 doubles fit a core's own cache; one product takes milliseconds, so that the deadline and
    // Ctrl-C are seen in time.
    private const int Size = 128;

    /// <summary>Multiplies on dedicated threads until the time is over.</summary>
    /// <param name="cores">How many threads, each of them always busy.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many products all threads computed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task<long> RunAsync(int cores, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var workers = new Task<long>[cores];
        for (var i = 0; i < cores; i++)
        {
            var (left, right) = (NewMatrix(), NewMatrix());
            workers[i] = Task.Factory.StartNew(
                () => MultiplyUntil(left, right, started, duration, cancellationToken),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        var products = await Task.WhenAll(workers);
        cancellationToken.ThrowIfCancellationRequested();
        return products.Sum();
    }

    private long MultiplyUntil(
        double[] left, double[] right, long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        var result = new double[Size * Size];
        long products = 0;
        while (time.GetElapsedTime(started) < duration && !cancellationToken.IsCancellationRequested)
        {
            Multiply(left, right, result);
            // The next product takes this one as its factor, so that none of them can be optimized away.
            (left, result) = (result, left);
            products++;
        }

        return products;
    }

    private static void Multiply(double[] left, double[] right, double[] result)
    {
        Array.Clear(result);
        for (var row = 0; row < Size; row++)
        {
            for (var inner = 0; inner < Size; inner++)
            {
                var factor = left[(row * Size) + inner];
                for (var column = 0; column < Size; column++)
                    result[(row * Size) + column] += factor * right[(inner * Size) + column];
            }
        }
    }

    // Entries average 1 / Size, so that products neither grow without bound nor fade into slow denormal numbers.
    private double[] NewMatrix()
    {
        var matrix = new double[Size * Size];
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] = random.NextDouble() * 2 / Size;
        return matrix;
    }
}
