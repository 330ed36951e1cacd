using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.IntegrationTests.Quotas;

/// <summary>
/// A user whose tasks reserve, charge, settle and release, one step after the other, and who keeps books of what was answered. A step whose
/// answer was cut off is repeated until there is one.
/// </summary>
internal sealed class ReservingUser(string name, KilledTarget target, IEventPublisher publisher, Random random)
{
    // The embedded broker forgets what a partition holds beyond some 5 MB, and never compacts: a hundred cycles have to fit.
    private const int MaxSteps = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, (string Id, decimal Amount, decimal Charged)> _active = [];
    private Func<Task<bool>>? _unfinished;
    private int _tasks;

    public string Name => name;

    /// <summary>What was charged, corrections taken off.</summary>
    public decimal Used { get; private set; }

    public int Granted { get; private set; }

    public int Denied { get; private set; }

    public int Charges { get; private set; }

    public int Uncertain { get; private set; }

    /// <summary>What each active reservation holds still, by its task.</summary>
    public IReadOnlyDictionary<string, decimal> Held =>
        _active.Where(task => task.Value.Amount > task.Value.Charged).ToDictionary(task => task.Key, task => task.Value.Amount - task.Value.Charged);

    public decimal Reserved => Held.Values.Sum();

    /// <summary>Some steps, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var step = 0; step < MaxSteps && !cancellationToken.IsCancellationRequested; step++)
        {
            _unfinished ??= Next();
            if (await TryAsync(_unfinished))
                _unfinished = null;
            await Task.Delay(random.Next(40), CancellationToken.None);
        }
    }

    /// <summary>Repeats the step that has no answer yet.</summary>
    public async Task FinishAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (_unfinished is not null)
        {
            if (await TryAsync(_unfinished))
                _unfinished = null;
            else
                await Task.Delay(50, deadline.Token);
        }
    }

    private async Task<bool> TryAsync(Func<Task<bool>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            Uncertain++;
            return false;
        }
    }

    private Func<Task<bool>> Next()
    {
        var choice = random.Next(10);
        if (_active.Count == 0 || choice < 4)
        {
            var (task, amount) = ($"{name}-{++_tasks}", random.Next(1, 120) / 10m);
            return () => ReserveAsync(task, amount);
        }

        var (held, reservation) = _active.ElementAt(random.Next(_active.Count));
        return choice switch
        {
            < 7 when reservation.Amount > reservation.Charged => () => ChargeAsync(held, reservation.Amount - reservation.Charged),
            // What was charged and has not arrived is held for a settled reservation, and not for a released one.
            _ when reservation.Charged > 0 => () => EndAsync(held, "settle", new { amount = reservation.Charged }),
            _ => () => EndAsync(held, "release", new { }),
        };
    }

    private async Task<bool> ReserveAsync(string task, decimal amount)
    {
        using var response = await target.Client.PostAsJsonAsync(
            $"/v1/quotas/{name}/cpu/reservations", new { amount, ttl_seconds = 36_000, task_id = task, idempotency_key = task });
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            return false;
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        if (answer.TryGetProperty("reservation", out var reservation) && reservation.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(amount, reservation.GetProperty("amount").GetDecimal());
            _active.Add(task, (reservation.GetProperty("id").GetString()!, amount, 0));
            Granted++;
            return true;
        }

        Denied++;
        // All that is left is used up: some of it is given back, as a correction.
        if (Used > 10)
            await PublishAsync($"{name}-correction", -Math.Round(Used / 2, 3));
        return true;
    }

    private async Task<bool> ChargeAsync(string task, decimal most)
    {
        var credits = most > 1 ? Math.Round(most * (decimal)random.NextDouble(), 3) + 0.001m : most;
        await PublishAsync(task, Math.Min(most, credits));
        _active[task] = _active[task] with { Charged = _active[task].Charged + Math.Min(most, credits) };
        return true;
    }

    private async Task<bool> EndAsync(string task, string how, object body)
    {
        using var response = await target.Client.PostAsJsonAsync($"/v1/quotas/{name}/cpu/reservations/{_active[task].Id}/{how}", body);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            return false;
        // It says so where an attempt that was cut off has done it.
        Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Conflict, await response.Content.ReadAsStringAsync());
        _active.Remove(task);
        return true;
    }

    // Not a step that may fail: what is accepted is delivered, and counted at once.
    private async Task PublishAsync(string task, decimal credits)
    {
        Assert.True((await publisher.PublishAsync(new WkfCpuCharge(name, task, credits, 1, 1))).IsAccepted);
        Used += credits;
        Charges++;
    }
}
