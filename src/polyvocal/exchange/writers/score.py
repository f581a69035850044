def export_score(*a):
    pass
