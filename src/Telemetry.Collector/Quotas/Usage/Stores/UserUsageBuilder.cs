using System.Data.Common;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Usage.Stores;

/// <summary>Puts the rows of a store's one query together: what kind, which resource, a number, a text and a sum.</summary>
internal sealed class UserUsageBuilder(UserUsageQuery query, IReadOnlyList<(TaskSpan Task, int Resource)> tasks)
{
    /// <summary>A slot's sum; the number is its start.</summary>
    public const int Slot = 0;

    /// <summary>A task's sum; the number is its place among the tasks, from 0.</summary>
    public const int Task = 1;

    /// <summary>A recent event; the number is its time, the text its id.</summary>
    public const int RecentEvent = 2;

    /// <summary>An id of the tail that is stored.</summary>
    public const int StoredTail = 3;

    /// <summary>The tenant.</summary>
    public const int Tenant = 4;

    private readonly List<SlotUsage> _slots = [];
    private readonly List<TaskUsage> _tasks = [];
    private readonly List<RecentId> _recent = [];
    private readonly List<string> _stored = [];
    private string? _tenant;

    /// <summary>Takes one row: its columns are kind (Int32), resource (Int32), number (Int64), text and the sum as text.</summary>
    public bool Add(DbDataReader row)
    {
        var (resource, number, text) = (row.GetInt32(1), row.GetInt64(2), row.GetString(3));
        switch (row.GetInt32(0))
        {
            case Slot:
                var amount = UsageAmount.Parse(row.GetString(4));
                if (amount != QuotaAmount.Zero)
                    _slots.Add(new SlotUsage(query.Resources[resource].Resource.Name, number, amount));
                break;
            case Task:
                var task = tasks[(int)number].Task;
                _tasks.Add(new TaskUsage(task.Resource, task.Task, UsageAmount.Parse(row.GetString(4))));
                break;
            case RecentEvent:
                _recent.Add(new RecentId(text, number));
                break;
            case StoredTail:
                _stored.Add(text);
                break;
            default:
                _tenant = text;
                break;
        }

        return true;
    }

    public UserUsage Build() => new(_slots, _tasks, _recent, _stored, _tenant);
}
