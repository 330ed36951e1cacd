namespace Telemetry.WindowBenchmark;

/// <summary>A rate over time in steps; 0 outside of them. Knows the exact amount between any two moments.</summary>
internal sealed class RateCurve
{
    private readonly double[] _from;
    private readonly double[] _amount;

    /// <param name="steps">Where each rate begins, in order of time; the last one only ends the one before.</param>
    public RateCurve(IReadOnlyList<(double From, double Rate)> steps)
    {
        _from = [.. steps.Select(step => step.From)];
        _amount = new double[steps.Count];
        for (var i = 1; i < steps.Count; i++)
            _amount[i] = _amount[i - 1] + steps[i - 1].Rate * (_from[i] - _from[i - 1]);
    }

    /// <summary>What had been counted at a moment.</summary>
    public double At(double moment)
    {
        if (moment <= _from[0])
            return 0;
        if (moment >= _from[^1])
            return _amount[^1];
        var found = Array.BinarySearch(_from, moment);
        var index = found >= 0 ? found : ~found - 1;
        var share = (moment - _from[index]) / (_from[index + 1] - _from[index]);
        return _amount[index] + share * (_amount[index + 1] - _amount[index]);
    }
}
