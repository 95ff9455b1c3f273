using PachUp.Conformance.Mapping;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Pairs the elements of two lists whose order has no meaning. Elements that are equal with the ids known so far are paired first, so that an element with
/// new ids is not paired with one whose ids are mapped already.
/// </summary>
/// <param name="map">The known ids. Pairs add their ids to it.</param>
/// <param name="areEqual">Compares two elements and adds their ids to the map.</param>
public sealed class SetPairing(ValueMap map, Func<object, object, bool> areEqual)
{
    /// <summary>Pairs all elements, or none if one of them has no counterpart.</summary>
    public bool TryPair(IReadOnlyList<object> expected, IReadOnlyList<object> got)
    {
        var before = map.Mark;
        var open = got.ToList();
        var later = expected.Where(element => !TakeFirst(open, element, mayLearn: false)).ToList();
        if (later.All(element => TakeFirst(open, element, mayLearn: true)))
        {
            return true;
        }

        map.ForgetSince(before);
        return false;
    }

    private bool TakeFirst(List<object> open, object element, bool mayLearn)
    {
        var index = open.FindIndex(candidate => Fits(element, candidate, mayLearn));
        if (index >= 0)
        {
            open.RemoveAt(index);
        }

        return index >= 0;
    }

    private bool Fits(object element, object candidate, bool mayLearn)
    {
        var before = map.Mark;
        var fits = areEqual(element, candidate) && (mayLearn || map.Mark == before);
        if (!fits)
        {
            map.ForgetSince(before);
        }

        return fits;
    }
}
