using Telemetry.Events.Publishing;

namespace Telemetry.Events.Tests.Publishing;

public sealed class ChunkPoolTests
{
    private readonly ChunkPool _pool = new();

    [Fact]
    public void Chunks_that_every_burst_needs_are_all_kept()
    {
        Fill(100);

        for (var burst = 0; burst < 5; burst++)
        {
            var taken = Enumerable.Range(0, 100).Select(_ => _pool.TryPop()!).ToList();
            taken.ForEach(_pool.Push);
            PassBatches(ChunkPool.BatchesBetweenLooks);
        }

        Assert.Equal(100, _pool.Count);
    }

    [Fact]
    public void What_a_burst_needed_once_is_let_go_by_and_by()
    {
        Fill(100);

        PassBatches(ChunkPool.BatchesBetweenLooks);
        Assert.Equal(100, _pool.Count);
        PassBatches(ChunkPool.BatchesBetweenLooks);
        Assert.Equal(50, _pool.Count);
        PassBatches(ChunkPool.BatchesBetweenLooks * 10);

        Assert.Equal(0, _pool.Count);
    }

    [Fact]
    public void What_is_needed_meanwhile_stays()
    {
        Fill(100);
        PassBatches(ChunkPool.BatchesBetweenLooks);

        for (var i = 0; i < ChunkPool.BatchesBetweenLooks * 12; i++)
        {
            var taken = Enumerable.Range(0, Math.Min(10, _pool.Count)).Select(_ => _pool.TryPop()!).ToList();
            taken.ForEach(_pool.Push);
            PassBatches(1);
        }

        Assert.InRange(_pool.Count, 10, 11);
    }

    private void Fill(int chunks)
    {
        for (var i = 0; i < chunks; i++)
            _pool.Push(new EventChunk(64, 1));
    }

    private void PassBatches(int batches)
    {
        for (var i = 0; i < batches; i++)
            _pool.OnBatch();
    }
}
